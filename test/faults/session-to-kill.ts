import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { startPracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';
import { startFaultyAgent, type FaultyAgent } from './faulty-agent.ts';

/** The user's file: it has its own section under the session's name, which is stashed meanwhile. */
export const own = [
  '# mine',
  '[personal]',
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
  's3 =',
  '  max_concurrent_requests = 20',
  '',
  '[anna] ; the old key',
  'aws_access_key_id = AKIAI44QH8DHBEXAMPLE',
  'x_future = 007',
  '',
  '[last]',
  'region=eu-north-1',
].join('\r\n');
const foreign = own
  .split('\r\n')
  .filter((line) => !/anna|AKIAI44|x_future/.test(line) && line !== '');
const parts = ['stint', '.aws'];

export interface Operation {
  readonly name: string;
  readonly from: 'inactive' | 'active';
  readonly run: (agent: FaultyAgent) => Promise<unknown>;
}

/** A session on its own computer, whose agent may be killed at any step of a start, a rotation and a stop. */
export class SessionToKill {
  readonly computer: ScratchComputer;
  readonly operations: readonly Operation[];
  readonly sessionId: string;
  readonly #endCloud: () => Promise<void>;

  constructor(computer: ScratchComputer, sessionId: string, endCloud: () => Promise<void>) {
    this.computer = computer;
    this.sessionId = sessionId;
    this.#endCloud = endCloud;
    this.operations = [
      { name: 'start', from: 'inactive', run: (agent) => this.start(agent) },
      { name: 'rotate', from: 'active', run: (agent) => this.#operate(agent, 'rotate') },
      { name: 'stop', from: 'active', run: (agent) => this.#operate(agent, 'stop') },
    ];
  }

  start(agent: FaultyAgent) {
    return this.#operate(agent, 'start', { replaceSection: true });
  }

  /** Copies the computer’s folder, to restore it. */
  async save(name: Operation['from']): Promise<void> {
    for (const part of parts) {
      await cp(join(this.computer.folder, part), this.#saved(name, part), {
        recursive: true,
        filter: (path) => !path.endsWith('.sock'),
      });
    }
  }

  async restore(name: Operation['from']): Promise<void> {
    for (const part of parts) {
      await rm(join(this.computer.folder, part), { recursive: true, force: true });
      await cp(this.#saved(name, part), join(this.computer.folder, part), { recursive: true });
    }
  }

  /** What an undisturbed run of the operation writes, flushes, renames and removes, in this order. */
  async stepsOf({ from, run }: Operation): Promise<readonly string[]> {
    await this.restore(from);
    const agent = await startFaultyAgent(this.computer);
    await agent.arm(0, false);
    await run(agent);
    const steps = await agent.steps();
    await agent.kill();
    return steps;
  }

  /** The workspace loads, and the file is either the user's, or that with our section instead of theirs. */
  async expectWholeFiles(): Promise<void> {
    const workspace = await readFile(join(this.computer.home, 'workspace.json'), 'utf8');
    expect((JSON.parse(workspace) as { version: number }).version).toBe(1);
    const text = await this.#credentials();
    if (text === own) return;
    for (const line of foreign) expect(text).toContain(line);
    const section = /^\[anna\]\r?\n((?:.*\r?\n?)*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
    expect(section).toMatch(/aws_access_key_id = ASIA\w+/);
    expect(section).toMatch(/aws_secret_access_key = \S{40}/);
    expect(section).toMatch(/aws_session_token = \S{100,}/);
    expect(text).toContain('[last]');
  }

  /** The next agent finds what is left, removes it, and can start and stop the session again. */
  async expectRepaired(): Promise<void> {
    const next = await startFaultyAgent(this.computer);
    try {
      const { status } = (await next.call('GET', `/v1/sessions/${this.sessionId}`)).json<{
        status: string;
      }>();
      expect(['inactive', 'active']).toContain(status);
      if (status === 'active') {
        const keys = await next.call('GET', `/v1/sessions/${this.sessionId}/credentials`);
        const { AccessKeyId } = keys.json<{ AccessKeyId: string }>();
        expect(await this.#credentials()).toContain(AccessKeyId);
      } else {
        expect(await this.#credentials()).toBe(own);
      }
      expect((await this.#operate(next, 'stop')).json()).toMatchObject({ leftovers: [] });
      expect(await this.#credentials()).toBe(own);
      // Nothing is left: no temporary file beside the user's, no journal entry, no secret of a run.
      expect(await readdir(join(this.computer.folder, '.aws'))).toEqual(['credentials']);
      expect((await this.start(next)).status).toBe(200);
      expect((await this.#operate(next, 'stop')).status).toBe(200);
      expect(await this.#credentials()).toBe(own);
    } finally {
      await next.kill();
    }
  }

  /** Cuts the file short in the middle of our section. */
  async halveFile(): Promise<void> {
    const whole = await this.#credentials();
    const half = whole.slice(0, whole.indexOf('aws_session_token') + 30);
    await writeFile(this.computer.credentialsFile, half);
  }

  async close(): Promise<void> {
    await this.#endCloud();
    await this.computer.remove();
  }

  #operate(agent: FaultyAgent, what: string, body?: unknown) {
    return agent.call('POST', `/v1/sessions/${this.sessionId}/${what}`, body);
  }

  #credentials(): Promise<string> {
    return readFile(this.computer.credentialsFile, 'latin1');
  }

  #saved(name: string, part: string): string {
    return join(this.computer.folder, `saved-${name}`, part);
  }
}

export async function sessionToKill(): Promise<SessionToKill> {
  const cloud = await startPracticeCloud();
  const computer = await scratchComputer({ stsEndpoint: cloud.stsEndpoint, credentials: own });
  const user = await connectAdmin(cloud).createUser({
    accountId: '447109328810',
    userName: 'anna',
  });
  const agent = await startFaultyAgent(computer);
  const added = await agent.call('POST', '/v1/sessions', {
    type: 'awsIamUser',
    sessionName: 'anna',
    region: 'eu-west-1',
    secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
  });
  const { sessionId } = added.json<{ sessionId: string }>();
  const session = new SessionToKill(computer, sessionId, () => cloud.close());
  await agent.kill();
  await session.save('inactive');
  const next = await startFaultyAgent(computer);
  expect((await session.start(next)).status).toBe(200);
  await next.kill();
  await session.save('active');
  return session;
}

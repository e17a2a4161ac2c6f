import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAdmin, type AdminClient } from '../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';
import { startFaultyAgent, type FaultyAgent } from './faulty-agent.ts';
import { minutes, stepsBetweenKills } from '../support/campaign.ts';

/*
 * kill -9 at writes, fsyncs, renames and removals of start, rotate and stop: at each of them in a
 * campaign, at every fourth otherwise. The user’s file has
 * its own section under the session's name, which is stashed meanwhile.
 */

const own = [
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

let cloud: PracticeCloud;
let admin: AdminClient;
let computer: ScratchComputer;
let sessionId: string;
/** The computer's folder before the operation, to restore. */
const saved: Record<string, string> = {};

beforeAll(async () => {
  cloud = await startPracticeCloud();
  admin = connectAdmin(cloud);
  computer = await scratchComputer({ stsEndpoint: cloud.stsEndpoint, credentials: own });
  const user = await admin.createUser({ accountId: '447109328810', userName: 'anna' });
  const agent = await startFaultyAgent(computer);
  const added = await agent.call('POST', '/v1/sessions', {
    type: 'awsIamUser',
    sessionName: 'anna',
    region: 'eu-west-1',
    secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
  });
  sessionId = added.json<{ sessionId: string }>().sessionId;
  await agent.kill();
  await save('inactive');
  const next = await startFaultyAgent(computer);
  expect((await start(next)).status).toBe(200);
  await next.kill();
  await save('active');
});

afterAll(async () => {
  await cloud.close();
  await computer.remove();
});

const operate = (agent: FaultyAgent, what: string, body?: unknown) =>
  agent.call('POST', `/v1/sessions/${sessionId}/${what}`, body);
const start = (agent: FaultyAgent) => operate(agent, 'start', { replaceSection: true });
const statusOf = async (agent: FaultyAgent) =>
  (await agent.call('GET', `/v1/sessions/${sessionId}`)).json<{ status: string }>().status;
const credentials = () => readFile(computer.credentialsFile, 'latin1');
const parts = ['stint', '.aws'];

async function save(name: string): Promise<void> {
  saved[name] = join(computer.folder, `saved-${name}`);
  for (const part of parts) {
    await cp(join(computer.folder, part), join(saved[name], part), {
      recursive: true,
      filter: (path) => !path.endsWith('.sock'),
    });
  }
}

async function restore(name: string): Promise<void> {
  for (const part of parts) {
    await rm(join(computer.folder, part), { recursive: true, force: true });
    await cp(join(saved[name] ?? '', part), join(computer.folder, part), { recursive: true });
  }
}

/** Either the user's file, or that file with our section instead of theirs; nothing between. */
async function expectWholeFile(): Promise<void> {
  const text = await credentials();
  if (text === own) return;
  for (const line of foreign) expect(text).toContain(line);
  const section = /^\[anna\]\r?\n((?:.*\r?\n?)*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  expect(section).toMatch(/aws_access_key_id = ASIA\w+/);
  expect(section).toMatch(/aws_secret_access_key = \S{40}/);
  expect(section).toMatch(/aws_session_token = \S{100,}/);
  expect(text).toContain('[last]');
}

interface Operation {
  readonly name: string;
  readonly from: 'inactive' | 'active';
  readonly run: (agent: FaultyAgent) => Promise<unknown>;
}

const operations: readonly Operation[] = [
  { name: 'start', from: 'inactive', run: start },
  { name: 'rotate', from: 'active', run: (agent) => operate(agent, 'rotate') },
  { name: 'stop', from: 'active', run: (agent) => operate(agent, 'stop') },
];

/** Runs the operation up to step `stopAt`, kills there, and lets the next agent find what is left. */
async function killAt({ name, from, run }: Operation, stopAt: number, half: boolean) {
  await restore(from);
  const agent = await startFaultyAgent(computer);
  await agent.arm(stopAt, half);
  const hit = await agent.hit(run(agent));
  await agent.kill();
  if (hit === undefined) return undefined;
  console.log(`killed in ${name} ${half ? 'half-way through' : 'before'} step ${hit}`);

  const workspace = JSON.parse(await readFile(join(computer.home, 'workspace.json'), 'utf8')) as {
    version: number;
  };
  expect(workspace.version).toBe(1);
  await expectWholeFile();

  const next = await startFaultyAgent(computer);
  try {
    const status = await statusOf(next);
    expect(['inactive', 'active']).toContain(status);
    if (status === 'active') {
      const keys = await next.call('GET', `/v1/sessions/${sessionId}/credentials`);
      expect(await credentials()).toContain(keys.json<{ AccessKeyId: string }>().AccessKeyId);
    } else {
      expect(await credentials()).toBe(own);
    }
    expect((await operate(next, 'stop')).json()).toMatchObject({ leftovers: [] });
    expect(await credentials()).toBe(own);
    // Nothing is left: no temporary file beside the user's, no journal entry, no secret of a run.
    expect(await readdir(join(computer.folder, '.aws'))).toEqual(['credentials']);
    expect((await start(next)).status).toBe(200);
    expect((await operate(next, 'stop')).status).toBe(200);
    expect(await credentials()).toBe(own);
  } finally {
    await next.kill();
  }
  return hit;
}

describe.each(operations)('killed at a step of $name', (operation) => {
  it(
    'the workspace loads, no file is half-written, and the next agent repairs everything',
    async () => {
      await restore(operation.from);
      const agent = await startFaultyAgent(computer);
      await agent.arm(0, false);
      await operation.run(agent);
      const steps = await agent.steps();
      await agent.kill();
      console.log(`${operation.name} makes ${steps.length} steps`);
      expect(steps.length).toBeGreaterThan(10);
      expect(steps.join('\n')).toMatch(/ rename .*credentials/);
      expect(steps.join('\n')).toMatch(/ fsync .*workspace/);

      const kills = steps
        .flatMap((step, index) => [
          { stopAt: index + 1, half: false },
          ...(/^\d+ write /.test(step) ? [{ stopAt: index + 1, half: true }] : []),
        ])
        .filter((_, index) => index % stepsBetweenKills === 0);
      let hits = 0;
      for (const { stopAt, half } of kills) {
        if ((await killAt(operation, stopAt, half)) !== undefined) hits += 1;
      }
      // A run may take a step less than the first did, such as one log line.
      expect(hits).toBeGreaterThanOrEqual(kills.length - 2);
    },
    minutes(3),
  );
});

it('the search for half-written files finds one', async () => {
  await restore('active');
  const whole = await credentials();
  await expectWholeFile();
  await writeFile(
    computer.credentialsFile,
    whole.slice(0, whole.indexOf('aws_session_token') + 30),
  );
  await expect(expectWholeFile()).rejects.toThrow();
});

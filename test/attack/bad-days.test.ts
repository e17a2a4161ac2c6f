import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { createOwnerClient, type OwnerClient } from '../../src/cli/owner/owner-client.ts';
import { ownerLocation } from '../../src/client/node/owner-location.ts';
import { socketTransport } from '../../src/client/node/socket-transport.ts';
import { startAgentHere, type AgentHere } from '../support/agent-here.ts';
import {
  scratchComputer,
  startAgentProcess,
  type ScratchComputer,
} from '../support/agent-process.ts';
import { attemptsOf } from './attempts.ts';

/* A disk that is full, and other programs that remove, damage or lock Stint's own files while it runs. */

const attempts = attemptsOf('bad days of the home');
let cloud: PracticeCloud;
let computer: ScratchComputer;
let here: AgentHere | undefined;
let sessionId: string;
let keys: { readonly accessKeyId: string; readonly secretAccessKey: string };

beforeAll(async () => {
  cloud = await startPracticeCloud();
  keys = await connectAdmin(cloud).createUser({
    accountId: '447109328810',
    userName: 'anna',
    mfa: false,
  });
});
afterAll(() => cloud.close());
beforeEach(async () => {
  computer = await scratchComputer({ stsEndpoint: cloud.stsEndpoint });
});
afterEach(async () => {
  await here?.agent.end('stop');
  here = undefined;
  await computer.remove();
});

const newSession = () => ({
  type: 'awsIamUser' as const,
  sessionName: 'work',
  region: 'eu-west-1',
  secrets: { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey },
});

/** An agent with an active session, and the client of the commands on its real socket. */
async function running(): Promise<OwnerClient> {
  here = await startAgentHere(computer);
  ({ sessionId } = await here.client.request('POST', '/v1/sessions', { body: newSession() }));
  await here.client.request('POST', '/v1/sessions/{id}/start', { path: { id: sessionId } });
  const location = ownerLocation(computer.env);
  const shell = { env: computer.env, stdin: {}, stdout: {}, stderr: {} } as never;
  return createOwnerClient(
    shell,
    location,
    socketTransport(() => location.socket()),
  );
}
const stopped = async (owner: OwnerClient) =>
  (await owner.request('POST', '/v1/sessions/{id}/stop', {
    path: { id: sessionId },
  })) as { session: { status: string }; historyWritten: boolean };

describe('a token file that', () => {
  const file = () => join(computer.home, 'token');
  it.each([
    ['is gone', () => rm(file())],
    ['is empty', () => writeFile(file(), '')],
    ['is noise', () => writeFile(file(), Buffer.from([0, 13, 10, 0xff, 0xfe]))],
    ['has another token', () => writeFile(file(), 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA')],
    ['cannot be read', () => chmod(file(), 0)],
  ])('%s while the agent runs is written again, and every command works', async (_what, harm) => {
    const owner = await running();
    const token = await readFile(file(), 'utf8');
    await harm();
    const { session } = await stopped(owner);
    expect(attempts.note(session.status !== 'inactive')).toBe(false);
    await harm();
    // As `stint agent stop` asks.
    const answer = await owner.running.request('POST', '/v1/owner/stop').catch(() => undefined);
    expect(attempts.note(answer === undefined)).toBe(false);
    await here?.agent.ended;
    here = undefined;
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('is a folder is named', async () => {
    const owner = await running();
    await rm(file());
    await mkdir(file());
    await expect(stopped(owner)).rejects.toThrow(`${file()} cannot be written`);
    await rm(file(), { recursive: true });
    expect((await stopped(owner)).session.status).toBe('inactive');
  });
});

describe('a claim lock that', () => {
  const file = () => join(computer.home, 'claim.lock');
  beforeEach(() => mkdir(computer.home, { mode: 0o700 }));

  it.each([
    ['is noise', Buffer.from('x'.repeat(5000))],
    ['has a damaged header', Buffer.from('SQLite format 3\0'.padEnd(4096, '\u0001'))],
  ])('%s does not keep the agent from starting', async (_what, content) => {
    await writeFile(file(), content);
    here = await startAgentHere(computer).catch(() => undefined);
    expect(attempts.note(here === undefined)).toBe(false);
  });

  it('is a folder is named, with what to do', async () => {
    await mkdir(file());
    await expect(startAgentHere(computer)).rejects.toMatchObject({
      message: expect.stringContaining(`${file()} cannot be locked`) as string,
      details: { next: expect.stringContaining('remove this file') as string },
    });
  });
});

describe('history.db, while the agent runs,', () => {
  const file = () => join(computer.home, 'history.db');
  const kinds = async (owner: OwnerClient) =>
    (await owner.request('GET', '/v1/history')).items.map(({ kind }) => kind);

  it('removed is written again with all it had', async () => {
    const owner = await running();
    const before = await kinds(owner);
    await rm(file());
    expect(await stopped(owner)).toMatchObject({ historyWritten: true });
    expect(await kinds(owner)).toEqual(['session-stopped', ...before]);
    const kept = new DatabaseSync(file(), { readOnly: true });
    const rows = Number(kept.prepare('SELECT count(*) AS n FROM history').get()?.['n']);
    expect(() => kept.exec('DELETE FROM history')).toThrow();
    kept.close();
    expect(attempts.note(rows !== before.length + 1)).toBe(false);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await owner.request('GET', '/v1/owner')).notices.join()).toContain(
      `${file()} was removed while Stint was running. Stint wrote it again.`,
    );
  });

  it('damaged is renamed, and what happens next is kept', async () => {
    const owner = await running();
    await writeFile(file(), 'x'.repeat(20_000));
    const { session, historyWritten } = await stopped(owner);
    expect(session.status).toBe('inactive');
    const found: readonly string[] = await kinds(owner).catch(() => []);
    expect(attempts.note(historyWritten && !found.includes('session-stopped'))).toBe(false);
    expect(historyWritten).toBe(true);
    const names = await readdir(computer.home);
    expect(names.filter((name) => name.startsWith('history.db.damaged'))).toHaveLength(1);
  });

  it('locked by another program stops nothing, and the answer says that it is not written', async () => {
    const owner = await running();
    const other = new DatabaseSync(file());
    other.exec('BEGIN EXCLUSIVE');
    const { session, historyWritten } = await stopped(owner);
    other.close();
    expect(session.status).toBe('inactive');
    expect(attempts.note(historyWritten)).toBe(false);
  });
});

describe('access.db, removed while the agent runs,', () => {
  it('loses no client token and no lease', async () => {
    const owner = await running();
    const made = await owner.request('POST', '/v1/tokens', { body: { name: 'ci' } });
    await rm(join(computer.home, 'access.db'));
    const list = async () => (await owner.request('GET', '/v1/tokens')).items;
    expect(attempts.note(!(await list()).some(({ name }) => name === 'ci'))).toBe(false);
    const verify = () =>
      owner.request('POST', '/v1/tokens/verify', { body: { token: made.token } });
    expect(await verify()).toMatchObject({ valid: true });
    await here?.agent.end('keep');
    here = await startAgentHere(computer);
    expect(attempts.note(!(await list()).some(({ name }) => name === 'ci'))).toBe(false);
  });
});

/** Only root may make a small disk. */
function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

describe('a full disk and a crash', () => {
  it('leave an agent that starts, stops sessions, and remembers that it did', async (test) => {
    await mkdir(computer.home, { mode: 0o700 });
    if (!mounted(computer.home)) test.skip('needs root on Linux for a small disk');
    try {
      const first = await startAgentProcess(computer);
      const made = await first.call('POST', '/v1/sessions', newSession());
      const path = `/v1/sessions/${made.json<{ sessionId: string }>().sessionId}`;
      await first.call('POST', `${path}/start`, {});
      await first.kill('SIGKILL');
      const filler = join(computer.home, 'filler');
      await writeFile(filler, Buffer.alloc(8_000_000)).catch(() => undefined);
      await expect(writeFile(`${filler}2`, Buffer.alloc(4096))).rejects.toThrow('ENOSPC');

      const second = await startAgentProcess(computer);
      const { status } = (await second.call('GET', path)).json();
      expect(status).toBe('active');
      const stop = await second.call('POST', `${path}/stop`);
      expect(attempts.note(stop.status !== 200)).toBe(false);
      const credentials = await readFile(computer.credentialsFile, 'utf8').catch(() => '');
      expect(attempts.note(credentials.includes('aws_session_token'))).toBe(false);
      await second.kill('SIGKILL');

      const third = await startAgentProcess(computer);
      const after = (await third.call('GET', path)).json();
      expect(attempts.note(after['status'] !== 'inactive')).toBe(false);
      await third.kill('SIGKILL');
    } finally {
      execFileSync('umount', ['-l', computer.home]);
    }
  });
});

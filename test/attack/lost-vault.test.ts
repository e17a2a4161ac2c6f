import { cp, lstat, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { takeEnvironment } from '../../src/agent/environment.ts';
import { openEnvelope, readEnvelope } from '../../src/services/vault/vault-file.ts';
import { startAgentHere, type AgentHere } from '../support/agent-here.ts';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';
import { keychainInMemory } from '../support/keychain-in-memory.ts';
import { attemptsOf } from './attempts.ts';

/* A disk, another program or a missing drive that damages the vault or takes it away. */

const attempts = attemptsOf('bad days of the vault');
const mine = '; mine\r\n[work]\r\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\r\n';

const keychain = keychainInMemory();
let cloud: PracticeCloud;
let computer: ScratchComputer;
let sessionId: string;
let secretAccessKey: string;
let here: AgentHere | undefined;

const vault = () => join(computer.home, 'secrets.vault');
const saved = () => join(computer.folder, 'saved');
const agent = async (): Promise<AgentHere> => {
  const env = { ...computer.env, STINT_SECRETS: 'keychain' };
  here = await startAgentHere(computer, { keychain, environment: takeEnvironment(env) });
  return here;
};
const end = async (sessions: 'keep' | 'stop' = 'keep') => {
  await here?.agent.end(sessions);
  here = undefined;
};
const credentials = () => readFile(computer.credentialsFile, 'latin1');
const start = () =>
  here?.client.request('POST', '/v1/sessions/{id}/start', {
    path: { id: sessionId },
    body: { replaceSection: true },
  });
const stop = () =>
  here?.client.request('POST', '/v1/sessions/{id}/stop', { path: { id: sessionId } });
const read = async () => await here?.client.request('GET', '/v1/owner');

beforeAll(async () => {
  cloud = await startPracticeCloud();
  computer = await scratchComputer({ stsEndpoint: cloud.stsEndpoint, credentials: mine });
  const user = await connectAdmin(cloud).createUser({
    accountId: '447109328810',
    userName: 'anna',
    mfa: false,
  });
  secretAccessKey = user.secretAccessKey;
  const { client } = await agent();
  const made = await client.request('POST', '/v1/sessions', {
    body: {
      type: 'awsIamUser',
      sessionName: 'work',
      profileName: 'work',
      region: 'eu-west-1',
      secrets: { accessKeyId: user.accessKeyId, secretAccessKey },
    },
  });
  ({ sessionId } = made);
  await start();
  await end('keep');
  await cp(computer.home, join(saved(), 'home'), { recursive: true });
  await cp(computer.credentialsFile, join(saved(), 'credentials'));
});
afterAll(async () => {
  await cloud.close();
  await computer.remove();
});
beforeEach(async () => {
  await rm(computer.home, { recursive: true });
  await cp(join(saved(), 'home'), computer.home, { recursive: true });
  await cp(join(saved(), 'credentials'), computer.credentialsFile);
  expect(await credentials()).toContain('aws_session_token');
});
afterEach(() => end());

const flip = (at: (size: number) => number) => async (file: string) => {
  const bytes = await readFile(file);
  const index = at(bytes.length);
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
  await writeFile(file, bytes);
};
const damages: readonly (readonly [string, (file: string) => Promise<unknown>])[] = [
  ['is empty', (file) => truncate(file)],
  ['is cut short by a byte', async (file) => truncate(file, (await readFile(file)).length - 2)],
  ['is cut in half', async (file) => truncate(file, (await readFile(file)).length / 2)],
  ['is zeroed', async (file) => writeFile(file, Buffer.alloc((await readFile(file)).length))],
  ['is another JSON', (file) => writeFile(file, '{}')],
  ['is null', (file) => writeFile(file, 'null')],
  ['is noise', (file) => writeFile(file, Buffer.from([0xff, 0xfe, 0, 1, 2]))],
  [
    'is of a newer version',
    async (file) => {
      await writeFile(file, (await readFile(file, 'utf8')).replace('"version":1', '"version":2'));
    },
  ],
  ...[0.05, 0.2, 0.4, 0.6, 0.8, 0.99].map(
    (part) =>
      [`has a bit flipped at ${part * 100} %`, flip((size) => Math.floor(size * part))] as const,
  ),
  ['is gone', (file) => rm(file)],
  [
    'is a folder',
    async (file) => {
      await rm(file);
      await cp(join(saved(), 'home', 'backups'), file, { recursive: true });
    },
  ],
];

describe('a vault that', () => {
  it.each(damages)('%s stops only what needs it', async (what, damage) => {
    await damage(vault());
    const before = await readFile(vault()).catch(() => undefined);
    const started = await agent().catch(() => undefined);
    expect(attempts.note(started === undefined)).toBe(false);
    const { items } = (await here?.client.request('GET', '/v1/sessions')) ?? { items: [] };
    expect(items).toMatchObject([{ sessionId, status: 'active' }]);
    expect((await read())?.vault).toMatchObject({ locked: true });

    // What was put in the vault comes out: the user's own section, from its second place.
    const stopped = await stop();
    expect(stopped?.session.status).toBe('inactive');
    expect(attempts.note((await credentials()).includes('aws_session_token'))).toBe(false);
    const isBack = (await credentials()) === mine;
    expect(attempts.note(!isBack && stopped?.leftovers.length === 0)).toBe(false);
    if (what !== 'is a folder' && what !== 'is of a newer version') expect(isBack).toBe(true);

    await expect(start()).rejects.toMatchObject({ status: expect.any(Number) as number });
    const after = await readFile(vault()).catch(() => undefined);
    expect(attempts.note(after?.equals(before ?? Buffer.of()) === false)).toBe(false);
  });

  it.each(damages.filter(([what]) => /empty|half|40 %|gone/.test(what)))(
    '%s is replaced by the version before, on demand',
    async (what, damage) => {
      await damage(vault());
      const { client } = await agent();
      expect((await read())?.vault.next).toContain('stint doctor --restore-vault');
      const restored = await client.request('POST', '/v1/owner/vault', {
        body: { from: 'previous' },
      });
      expect(attempts.note(restored.locked)).toBe(false);
      expect(restored.kept.length).toBe(what === 'is gone' ? 0 : 1);
      await stop();
      expect(await credentials()).toBe(mine);
      const again = await start();
      expect(again).toMatchObject({ session: { status: 'active' } });
      await stop();
    },
  );
});

describe('a vault that is gone, with its copies,', () => {
  const names = ['secrets.vault', 'secrets.vault.previous', 'stash.vault'];
  beforeEach(async () => {
    for (const name of names) await rm(join(computer.home, name), { force: true });
  });

  it('is missed because the workspace has sessions with secrets, and not replaced silently', async () => {
    const { client } = await agent();
    expect((await read())?.vault).toMatchObject({
      locked: true,
      detail: expect.stringContaining('is gone') as string,
      next: expect.stringContaining('stint doctor --new-vault') as string,
    });
    await expect(start()).rejects.toThrow('is gone');
    const made = (await readdir(computer.home)).filter((name) => names.includes(name));
    expect(attempts.note(made.length > 0)).toBe(false);
    await expect(
      client.request('POST', '/v1/owner/vault', { body: { from: 'previous' } }),
    ).rejects.toThrow('no usable version');
  });

  it('is replaced by an empty one on demand', async () => {
    const { client } = await agent();
    const made = await client.request('POST', '/v1/owner/vault', { body: { from: 'nothing' } });
    expect(made).toMatchObject({ locked: false, kept: [] });
    await expect(
      client.request('POST', '/v1/owner/vault', { body: { from: 'nothing' } }),
    ).rejects.toThrow('is not damaged');
  });
});

describe('a link that leads nowhere', () => {
  const missing = '/media/a-drive-that-is-not-mounted/file';

  it('in the place of the vault is refused and stays', async () => {
    await rm(vault());
    await symlink(missing, vault());
    const { client } = await agent();
    expect((await read())?.vault.detail).toContain(`a link to ${missing}, which is not there`);
    await stop();
    await expect(
      client.request('POST', '/v1/owner/vault', { body: { from: 'nothing' } }),
    ).rejects.toThrow('is not there');
    expect(attempts.note(!(await lstat(vault())).isSymbolicLink())).toBe(false);
  });

  it.each(['workspace.json', 'token'])('in the place of %s is refused and stays', async (name) => {
    const file = join(computer.home, name);
    await rm(file, { force: true });
    await symlink(missing, file);
    const failure = await agent().then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
    expect(failure).toContain(`a link to ${missing}, which is not there`);
    expect(attempts.note(!(await lstat(file)).isSymbolicLink())).toBe(false);
  });
});

describe('what was removed from the vault', () => {
  it('is in no copy of it either', async () => {
    const { client } = await agent();
    await stop();
    await client.request('DELETE', '/v1/sessions/{id}', { path: { id: sessionId } });
    for (const name of ['secrets.vault', 'secrets.vault.previous']) {
      const file = join(computer.home, name);
      const envelope = readEnvelope(await readFile(file, 'utf8'), file);
      const key = await keychain.read(`vault ${envelope.header.vaultId}`);
      const secrets = openEnvelope(envelope, Buffer.from(key ?? '', 'base64'), file);
      const text = JSON.stringify([...secrets]);
      expect(attempts.note(text.includes(secretAccessKey) || /put-aside/.test(text))).toBe(false);
    }
    const left = (await readdir(computer.home)).filter((name) => name.startsWith('stash'));
    expect(left).toEqual([]);
  });
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectAdmin, type CreatedUser } from '../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';
import { isCampaign, minutes } from '../support/campaign.ts';
import { startFaultyAgent, type FaultyAgent } from './faulty-agent.ts';

/*
 * Each fault during each operation: kill -9, a full disk, a read-only disk, a damaged database. A stop works
 * during the fault, and once it is over the user's file is unchanged. At every step in a campaign,
 * otherwise at one in the middle.
 */

const own =
  '# mine\r\n[personal]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\n\r\n[anna] ; old\r\nx = 7\r\n';
const passphrase = 'correct horse battery staple';

let cloud: PracticeCloud;
let user: CreatedUser;
let computer: ScratchComputer;
let agent: FaultyAgent;
/** Of the session that runs, and of one that an operation may remove. */
let anna = '';
let spare = '';

beforeAll(async () => {
  cloud = await startPracticeCloud();
  user = await connectAdmin(cloud).createUser({ accountId: '447109328810', userName: 'anna' });
  computer = await scratchComputer({ stsEndpoint: cloud.stsEndpoint, credentials: own });
  agent = await startFaultyAgent(computer);
  anna = await added('anna', { limits: { maxSessionSeconds: 36_000 } });
});
afterAll(async () => {
  await agent.kill();
  await cloud.close();
  await computer.remove();
});

async function added(sessionName: string, fields: object = {}): Promise<string> {
  const { accessKeyId, secretAccessKey } = user;
  const session = { type: 'awsIamUser', sessionName, region: 'eu-west-1', ...fields };
  const secrets = { accessKeyId, secretAccessKey };
  const answer = await agent.call('POST', '/v1/sessions', { ...session, secrets });
  expect(answer.status, answer.text).toBe(201);
  return `/v1/sessions/${answer.json<{ sessionId: string }>().sessionId}`;
}

const text = () => readFile(computer.credentialsFile, 'latin1');
const call = (method: string, path: string, body?: unknown) => agent.call(method, path, body);
const start = () => call('POST', `${anna}/start`, { replaceSection: true });

interface Operation {
  readonly name: string;
  /** Whether anna runs when it begins. */
  readonly from: 'inactive' | 'active';
  readonly run: () => Promise<unknown>;
  /** Whether it is killed outside a campaign as well. */
  readonly isShort?: boolean;
}

const operations: readonly Operation[] = [
  { name: 'start', from: 'inactive', run: start },
  { name: 'rotate', from: 'active', run: () => call('POST', `${anna}/rotate`) },
  { name: 'stop', from: 'active', run: () => call('POST', `${anna}/stop`) },
  { name: 'extend', from: 'active', run: () => call('POST', `${anna}/extend`, { seconds: 60 }) },
  {
    name: 'open a lease',
    from: 'active',
    run: () => call('POST', `${anna}/leases`, { kind: 'endpoint' }),
  },
  {
    name: 'edit',
    isShort: true,
    from: 'active',
    run: () => call('PATCH', anna, { labels: [String(Math.random())] }),
  },
  { name: 'forget', from: 'active', run: () => call('POST', `${anna}/forget`) },
  { name: 'add a session', from: 'active', run: () => added('other').catch(() => undefined) },
  { name: 'delete a session', isShort: true, from: 'active', run: () => call('DELETE', spare) },
  {
    name: 'archive',
    isShort: true,
    from: 'active',
    run: () => call('PATCH', spare, { validUntil: '2026-01-01T00:00:00Z' }),
  },
  {
    name: 'change the settings',
    isShort: true,
    from: 'active',
    run: () => call('PATCH', '/v1/settings', { archivedDays: 1 + Math.floor(Math.random() * 99) }),
  },
  {
    name: 'make a token',
    isShort: true,
    from: 'active',
    run: () => call('POST', '/v1/tokens', { role: 'viewer' }),
  },
  {
    name: 'add an identity provider',
    from: 'active',
    run: () => call('POST', '/v1/idps', { name: 'okta', url: 'https://okta.example/saml' }),
  },
  { name: 'lock', isShort: true, from: 'active', run: () => call('POST', '/v1/lock') },
];

beforeEach(async () => {
  await call('POST', '/v1/unlock', { passphrase });
  await call('POST', `${anna}/stop`);
  expect(await text()).toBe(own);
  spare = await added('spare');
});

async function prepare({ from }: Operation): Promise<void> {
  if (from === 'inactive') return;
  const started = await start();
  expect(started.status, started.text).toBe(200);
}

/** What was the user's own beside Stint's section, whatever happened. */
async function expectNothingLost(): Promise<void> {
  const now = await text();
  if (now === own) return;
  expect(
    now.startsWith('# mine\r\n[personal]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\n'),
  ).toBe(true);
}

/** The fault is over: everything works, and nothing of Stint is left in the user's folder. */
async function expectAllIsWell(): Promise<void> {
  await call('POST', '/v1/unlock', { passphrase });
  const stopped = await call('POST', `${anna}/stop`);
  expect(stopped.status, stopped.text).toBe(200);
  expect(stopped.json()).toMatchObject({ session: { status: 'inactive' }, leftovers: [] });
  expect(await text()).toBe(own);
  expect(await readdir(join(computer.folder, '.aws'))).toEqual(['credentials']);
  const started = await start();
  expect(started.status, started.text).toBe(200);
  expect((await call('POST', `${anna}/stop`)).status).toBe(200);
  expect(await text()).toBe(own);
}

async function another(): Promise<void> {
  await agent.kill();
  agent = await startFaultyAgent(computer);
}

/** Which steps of an operation of `count` are tried: all in a campaign. */
function tried(count: number): readonly number[] {
  return isCampaign
    ? Array.from({ length: count }, (_, at) => at + 1)
    : [Math.max(1, Math.ceil(count / 2))];
}

async function stepsOf(operation: Operation): Promise<number> {
  await prepare(operation);
  await agent.arm(0, false);
  const before = (await agent.steps()).length;
  await operation.run();
  const after = (await agent.steps()).length;
  await agent.heal();
  await call('POST', '/v1/unlock', { passphrase });
  return after - before;
}

/** Runs the operation, and stops the session while the fault lasts. */
async function operateAndStop({ run }: Operation): Promise<void> {
  await run();
  const stopped = await call('POST', `${anna}/stop`);
  expect(stopped.status, stopped.text).toBe(200);
  expect(stopped.json()).toMatchObject({ session: { status: 'inactive' } });
  await expectNothingLost();
}

describe.each(operations)('killed during: $name', (operation) => {
  // kill-at-every-step.test.ts kills at more steps of a start, a rotation and a stop.
  const isElsewhere = ['start', 'rotate', 'stop'].includes(operation.name);
  it.skipIf(isElsewhere || !(isCampaign || operation.isShort))(
    'the next agent finds everything, a stop works, and nothing foreign is lost',
    async () => {
      const steps = await stepsOf(operation);
      expect(steps).toBeGreaterThan(0);
      for (const stopAt of tried(steps)) {
        spare = await added('spare');
        await prepare(operation);
        await agent.arm(stopAt, false);
        await agent.hit(operation.run());
        await expectNothingLost();
        await another();
        await expectAllIsWell();
      }
    },
    minutes(2),
  );
});

describe.each([
  ['a full disk', 'ENOSPC'],
  ['a read-only disk', 'EROFS'],
] as const)('%s during', (_disk, code) => {
  it.each(operations)(
    '$name: a stop works meanwhile, and nothing foreign is lost',
    async (operation) => {
      for (const failFrom of isCampaign ? tried(await stepsOf(operation)) : [2]) {
        await prepare(operation);
        await agent.failWrites(code, failFrom);
        await operateAndStop(operation);
        const failures = (await agent.steps()).filter((step) => step.startsWith('failed '));
        expect(failures.length).toBeGreaterThan(0);
        await agent.heal();
        if (isCampaign) await another();
        await expectAllIsWell();
        spare = await added('spare');
      }
    },
    minutes(2),
  );
});

/** The first bytes of the file are others: no database, JSON or vault begins so. */
const damaged = (whole: Buffer) => Buffer.concat([Buffer.from('damaged'), whole.subarray(7, 500)]);

describe.each(['history.db', 'access.db', 'workspace.json', 'secrets.vault'])(
  'a damaged %s during',
  (file) => {
    const groups: readonly (readonly [string, readonly Operation[]])[] = isCampaign
      ? operations.map((one) => [one.name, [one]])
      : [['every operation', operations]];
    it.each(groups)(
      '%s: a stop works, and nothing foreign is lost',
      async (_name, tries) => {
        const path = join(computer.home, file);
        for (const operation of tries) {
          await prepare(operation);
          const whole = await readFile(path);
          await writeFile(path, damaged(whole));
          await operateAndStop(operation);
          await writeFile(path, whole);
          await call('POST', '/v1/unlock', { passphrase });
        }
        await another();
        await expectAllIsWell();
      },
      minutes(2),
    );
  },
);

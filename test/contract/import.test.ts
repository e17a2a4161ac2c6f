import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportAnswer, ImportUndoAnswer } from '../../src/models/import.ts';
import type { ProblemDocument } from '../../src/models/problem.ts';
import type { Session } from '../../src/models/session.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

const made = join(import.meta.dirname, '..', 'fixtures', 'import', 'aws-config');

let owner: ScratchApi;
let folder: string;
let files: { readonly config: string; readonly credentials: string };
beforeEach(async () => {
  owner = await scratchApi();
  folder = await mkdtemp(join(tmpdir(), 'stint-import-'));
  files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
  await copyFile(join(made, 'config'), files.config);
  await copyFile(join(made, 'credentials'), files.credentials);
});
afterEach(async () => {
  await owner.close();
  await rm(folder, { recursive: true });
});

async function json<T>(answer: Response | Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T;
}

async function run(more: object = {}): Promise<ImportAnswer> {
  const body = { from: 'aws-config', files, ...more };
  const answer = await owner.ask('POST', '/v1/import', { body });
  expect(answer.status).toBe(200);
  return await json(answer);
}

async function undo(apply: boolean): Promise<ImportUndoAnswer> {
  return await json(owner.ask('POST', '/v1/import/undo', { body: { apply } }));
}

function outcomes({ items }: ImportAnswer, outcome: string): readonly string[] {
  return items
    .filter((item) => item.outcome === outcome)
    .map(({ kind, name }) => `${kind} ${name}`);
}

function workspaceFile(): string {
  return join(owner.folder, 'stint', 'workspace.json');
}

async function sessions(): Promise<readonly Session[]> {
  return (await json<{ items: Session[] }>(owner.ask('GET', '/v1/sessions'))).items;
}

const importable = [
  'integration acme',
  'integration legacy',
  'session default',
  'session staging',
  'session deep',
  'session gov',
  'session self (keys)',
  'session self',
  'session my dev',
  'session legacy',
  'session from-sso',
  'setting defaultRegion',
];

it('a dry run names what would be made and what cannot be, and changes nothing', async () => {
  const workspace = await readFile(workspaceFile(), 'utf8');
  const answer = await run();
  expect(answer.applied).toBe(false);
  expect(outcomes(answer, 'create')).toEqual(importable);
  expect(new Set(outcomes(answer, 'cannot'))).toEqual(
    new Set([
      'accessKeys default',
      'accessKeys self (keys)',
      'session of-temporary',
      'session one',
      'session two',
      'session orphan',
      'session instance',
      'session program',
      'session workload',
      'session console',
      'session settings-only',
      'session temporary',
    ]),
  );
  expect(answer.items.every((item) => item.outcome !== 'cannot' || item.reason !== undefined)).toBe(
    true,
  );
  expect(await readFile(workspaceFile(), 'utf8')).toBe(workspace);
  expect(await sessions()).toEqual([]);
});

it('applying makes all of it with its parents, and nothing twice', async () => {
  const before = await readFile(files.credentials, 'utf8');
  const first = await run({ apply: true, withKeys: true });
  expect(outcomes(first, 'create')).toEqual([
    ...importable.slice(0, 3),
    'accessKeys default',
    ...importable.slice(3, 7),
    'accessKeys self (keys)',
    ...importable.slice(7),
  ]);
  const all = await sessions();
  const named = (name: string) => all.find(({ sessionName }) => sessionName === name);
  const staging = named('staging');
  expect(staging).toMatchObject({
    type: 'awsIamRoleChained',
    parentSessionId: named('default')?.sessionId,
    roleArn: 'arn:aws:iam::222222222222:role/ops/Deploy',
    region: 'eu-central-1',
    profileName: 'staging',
    externalId: 'ext-42',
    roleSessionName: 'jane',
    roleSeconds: 7200,
  });
  expect(named('deep')).toMatchObject({ parentSessionId: staging?.sessionId });
  expect(named('gov')).toMatchObject({ region: 'us-gov-east-1' });
  expect(named('self')).toMatchObject({ parentSessionId: named('self (keys)')?.sessionId });
  expect(named('default')).toMatchObject({ mfaSerial: 'arn:aws:iam::111111111111:mfa/jane' });
  expect(named('my dev')).toMatchObject({ type: 'awsSsoRole', profileName: 'my-dev' });
  expect(named('from-sso')).toMatchObject({ parentSessionId: named('my dev')?.sessionId });
  expect(await readFile(files.credentials, 'utf8')).toBe(before);

  const again = await run({ apply: true, withKeys: true });
  expect(outcomes(again, 'create')).toEqual([]);
  expect(again.importId).toBeUndefined();
  expect(await sessions()).toHaveLength(all.length);
});

it('keys go to the vault only when asked, also in a later import', async () => {
  await run({ apply: true });
  const [user] = (await sessions()).filter(({ sessionName }) => sessionName === 'default');
  const later = await run({ apply: true, withKeys: true });
  expect(outcomes(later, 'create')).toEqual(['accessKeys default', 'accessKeys self (keys)']);
  expect(later.items.find(({ name }) => name === 'default')).toMatchObject({
    outcome: 'exists',
    id: user?.sessionId,
  });
  const workspace = await readFile(workspaceFile(), 'utf8');
  expect(workspace).not.toContain('AKIA');
  expect(workspace).not.toContain('wJalrXUtn');
});

it('a profile name that is in use gets another one', async () => {
  const body = {
    type: 'awsIamUser',
    sessionName: 'mine',
    region: 'eu-west-1',
    profileName: 'self',
  };
  expect((await owner.ask('POST', '/v1/sessions', { body })).status).toBe(201);
  const { items } = await run();
  expect(items.find(({ name }) => name === 'self')).toMatchObject({
    outcome: 'create',
    fields: { profileName: 'self-2' },
    notes: ['Its profile becomes self-2 instead of self: another session has that name.'],
  });
});

it('taking it back removes what is unchanged, and keeps what was changed with what that needs', async () => {
  await run({ apply: true, withKeys: true });
  const deep = (await sessions()).find(({ sessionName }) => sessionName === 'deep');
  await owner.ask('PATCH', `/v1/sessions/${deep?.sessionId ?? ''}`, {
    body: { labels: ['mine'] },
    headers: { 'content-type': 'application/merge-patch+json' },
  });
  const plan = await undo(false);
  const kept = plan.items.filter(({ outcome }) => outcome === 'keep');
  expect(kept.map(({ kind, name, reason }) => [kind, name, reason])).toEqual([
    ['session', 'default', 'Session deep needs it.'],
    ['accessKeys', 'default', 'Session default needs it.'],
    ['session', 'staging', 'Session deep needs it.'],
    ['session', 'deep', 'It was changed since.'],
  ]);
  expect(await sessions()).toHaveLength(9);
  expect((await undo(true)).applied).toBe(true);
  expect(new Set((await sessions()).map(({ sessionName }) => sessionName))).toEqual(
    new Set(['default', 'staging', 'deep']),
  );
  expect(owner.stint.settings.current().defaultRegion).toBe('us-east-1');
  expect(owner.stint.integrations.list()).toEqual([]);
  expect((await owner.ask('POST', '/v1/import/undo', { body: {} })).status).toBe(404);
  const history = await json<{ items: { kind: string }[] }>(owner.ask('GET', '/v1/history'));
  expect(history.items.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['import-applied', 'import-undone', 'session-created']),
  );
});

it('a damaged file is named with its line, and nothing is made', async () => {
  await writeFile(files.config, '[default]\nregion = eu-west-1\n[broken\n');
  const answer = await owner.ask('POST', '/v1/import', {
    body: { from: 'aws-config', files, apply: true },
  });
  expect(answer.status).toBe(409);
  expect((await json<ProblemDocument>(answer)).detail).toContain(`${files.config}: line 3`);
  expect(await sessions()).toEqual([]);
});

it('no files are none found in a dry run and a 404 for apply, an unknown one a 422, files from anybody but the owner a 403', async () => {
  await rm(files.config);
  await rm(files.credentials);
  const none = { from: 'aws-config', files };
  const dry = await json<ImportAnswer>(owner.ask('POST', '/v1/import', { body: none }));
  expect(dry.items).toEqual([]);
  expect(dry.files.map(({ found }) => found)).toEqual([false, false]);
  const applied = { body: { ...none, apply: true } };
  expect((await owner.ask('POST', '/v1/import', applied)).status).toBe(404);
  const unknown = { from: 'aws-config', files: { passwords: '/etc/passwd' } };
  expect((await owner.ask('POST', '/v1/import', { body: unknown })).status).toBe(422);
  const byWindow = await owner.askAs({ role: 'window' }, 'POST', '/v1/import', none);
  expect((await json<ProblemDocument>(byWindow)).type).toBe('urn:stint:problem:owner-only');
  const byOperator = await owner.askAs({ role: 'operator' }, 'POST', '/v1/import', {
    from: 'aws-config',
  });
  expect((await json<ProblemDocument>(byOperator)).type).toBe('urn:stint:problem:scope-missing');
});

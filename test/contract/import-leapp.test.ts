import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExportAnswer } from '../../src/models/export.ts';
import type { ImportAnswer } from '../../src/models/import.ts';
import type { Session } from '../../src/models/session.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

const workspace = join(import.meta.dirname, '..', 'fixtures', 'import', 'leapp', 'workspace.leapp');
const machineId = 'b2f0c1d4e5f60718293a4b5c6d7e8f90';
const items = new Map<string, string>();
let owner: ScratchApi;
beforeEach(async () => {
  items.clear();
  owner = await scratchApi({ keychainOfOthers: { Leapp: items } });
});
afterEach(async () => {
  await owner.close();
});

const run = (body: object) => owner.ask('POST', '/v1/import', { body });
/** As the chain of an SDK reads them: those of the profile's section. */
function credentialsOf(text: string, profile: string) {
  const section = text.split(`[${profile}]`)[1]?.split('\n[')[0] ?? '';
  const value = (key: string) =>
    new RegExp(`^${key} *= *(.+)$`, 'm').exec(section)?.[1]?.trim() ?? '';
  return {
    accessKeyId: value('aws_access_key_id'),
    secretAccessKey: value('aws_secret_access_key'),
    sessionToken: value('aws_session_token'),
  };
}

const exported = async () =>
  ((await (await owner.ask('GET', '/v1/export')).json()) as ExportAnswer).content;

it('a Leapp user reaches a started session by an import, a start and a request to AWS', async () => {
  const user = await owner.cloud.createUser({
    accountId: '447109328810',
    userName: 'lab',
    mfa: false,
  });
  const item = '00000002-1111-4222-8333-444444444444-iam-user-aws-session';
  items.set(`${item}-access-key-id`, user.accessKeyId);
  items.set(`${item}-secret-access-key`, user.secretAccessKey);

  const imported = await run({
    from: 'leapp',
    files: { workspace },
    options: { machineId },
    withKeys: true,
    apply: true,
  });
  const answer = (await imported.json()) as ImportAnswer;
  expect(imported.status).toBe(200);
  expect(JSON.stringify(answer)).not.toContain(user.secretAccessKey);
  const { items: sessions } = (await (await owner.ask('GET', '/v1/sessions')).json()) as {
    items: readonly Session[];
  };
  const id = sessions.find(({ sessionName }) => sessionName === 'lab user')?.sessionId ?? '';
  const started = await owner.ask('POST', `/v1/sessions/${id}/start`);
  expect(started.status).toBe(200);

  const sts = new STSClient({
    region: 'eu-central-1',
    endpoint: owner.stint.settings.current().awsStsEndpointUrl ?? '',
    credentials: credentialsOf(await owner.credentials(), 'lab.eu'),
  });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe('arn:aws:iam::447109328810:user/lab');
});

it('sessions of Leapp keep the profile they share', async () => {
  await run({ from: 'leapp', files: { workspace }, options: { machineId }, apply: true });
  const shared = owner.stint.sessions
    .list()
    .flatMap((session) => ('profileName' in session ? [session.profileName] : []))
    .filter((profile) => profile === 'default');
  expect(shared.length).toBeGreaterThan(3);
});

it('the id of another machine is refused, names the file and changes nothing', async () => {
  const before = createHash('sha256')
    .update(await readFile(workspace))
    .digest('hex');
  const answer = await run({
    from: 'leapp',
    files: { workspace },
    options: { machineId: 'wrong' },
    apply: true,
  });
  expect(answer.status).toBe(409);
  const { detail, next } = (await answer.json()) as { detail: string; next: string };
  expect(detail).toContain(workspace);
  expect(next).toContain('--machine-id');
  expect(owner.stint.sessions.list()).toEqual([]);
  expect(
    createHash('sha256')
      .update(await readFile(workspace))
      .digest('hex'),
  ).toBe(before);
});

it('an export, imported by somebody else, gives the same export', async () => {
  await run({ from: 'leapp', files: { workspace }, options: { machineId }, apply: true });
  const first = await exported();
  const file = join(owner.folder, 'team.yaml');
  await writeFile(file, first);
  await owner.close();
  owner = await scratchApi();
  await writeFile(join(owner.folder, 'team.yaml'), first);
  const files = { file: join(owner.folder, 'team.yaml') };
  const answer = (await (await run({ from: 'stint', files, apply: true })).json()) as ImportAnswer;
  expect(answer.items.filter(({ outcome }) => outcome !== 'create')).toEqual([]);
  expect(await exported()).toBe(first);
});

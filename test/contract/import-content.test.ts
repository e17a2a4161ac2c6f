import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportAnswer } from '../../src/models/import.ts';
import type { ProblemDocument } from '../../src/models/problem.ts';
import type { Session } from '../../src/models/session.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/*
 * An export that a page has read and sends as text: the window may import it, except what only the owner
 * decides.
 */

let owner: ScratchApi;
beforeEach(async () => {
  owner = await scratchApi();
});
afterEach(async () => {
  await owner.close();
});

const text = `version: 1
sessions:
  - type: awsIamUser
    sessionName: anna
    region: eu-west-1
  - type: awsIamUser
    sessionName: local
    region: eu-west-1
    endpointUrl: https://collector.example
  - type: awsIamRoleChained
    sessionName: below
    region: eu-west-1
    parent: local
    roleArn: arn:aws:iam::222222222222:role/Deploy
`;
const body = { from: 'stint', content: { name: 'team file.stint', text }, apply: true };

async function json<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}

async function names(): Promise<readonly string[]> {
  const { items } = await json<{ items: Session[] }>(await owner.ask('GET', '/v1/sessions'));
  return items.map(({ sessionName }) => sessionName).sort();
}

it('the window imports an export without what only the owner decides, and is given the command', async () => {
  const dry = await json<ImportAnswer>(
    await owner.askAs({ role: 'window' }, 'POST', '/v1/import', { ...body, apply: false }),
  );
  expect(dry.files).toEqual([{ name: 'file', path: 'team file.stint', found: true }]);
  expect(dry.items.map(({ name, outcome, reason }) => [name, outcome, reason])).toEqual([
    ['anna', 'create', undefined],
    [
      'local',
      'cannot',
      "Only you can decide where credentials go: it sets endpointUrl to https://collector.example. Run: stint import stint --file 'team file.stint' --apply",
    ],
    ['below', 'cannot', 'Session local, whose credentials it needs, cannot be imported.'],
  ]);
  expect(await names()).toEqual([]);
  const applied = await owner.askAs({ role: 'window' }, 'POST', '/v1/import', body);
  expect(applied.status).toBe(200);
  expect(await names()).toEqual(['anna']);
});

it('the owner imports all of it, after which the window finds it here', async () => {
  expect((await owner.ask('POST', '/v1/import', { body })).status).toBe(200);
  expect(await names()).toEqual(['anna', 'below', 'local']);
  const again = await json<ImportAnswer>(
    await owner.askAs({ role: 'window' }, 'POST', '/v1/import', body),
  );
  expect(again.items.map(({ outcome }) => outcome)).toEqual(['exists', 'exists', 'exists']);
});

it('text that is not an export is named with its file, and text of another tool or beside files is refused', async () => {
  const asWindow = async (request: object) =>
    json<ProblemDocument>(await owner.askAs({ role: 'window' }, 'POST', '/v1/import', request));
  const wrong = await asWindow({ ...body, content: { name: 'notes.txt', text: 'hello' } });
  expect([wrong.status, wrong.detail]).toEqual([
    409,
    expect.stringContaining('notes.txt is not an export of Stint'),
  ]);
  expect((await asWindow({ ...body, from: 'leapp' })).status).toBe(422);
  const both = { ...body, files: { file: '/etc/passwd' } };
  expect((await asWindow(both)).type).toBe('urn:stint:problem:owner-only');
  expect((await owner.ask('POST', '/v1/import', { body: both })).status).toBe(422);
  const reader = await owner.askAs({ role: 'operator' }, 'POST', '/v1/import', body);
  expect((await json<ProblemDocument>(reader)).type).toBe('urn:stint:problem:scope-missing');
  expect(await names()).toEqual([]);
});

import { expect, it } from 'vitest';
import type { ExportAnswer } from '../../src/models/export.ts';
import { aRunningApi } from '../support/running-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

it('GET /v1/export answers the set-up as a file, without keys', async () => {
  await owner.addUser('anna');
  const answer = await owner.ask('GET', '/v1/export');
  const { content, sessions } = (await answer.json()) as ExportAnswer;
  expect(sessions).toBe(1);
  expect(content).toContain('- sessionName: anna\n  type: awsIamUser\n');
  expect(content).not.toMatch(/AKIA|sessionId|secret[A-Z]/);
});

it('an export needs the scopes of all that is in it, and no bound token', async () => {
  const viewer = { role: 'viewer' } as const;
  expect((await owner.askAs(viewer, 'GET', '/v1/export')).status).toBe(200);
  expect(
    (await owner.askAs({ ...viewer, scopes: ['sessions:read'] }, 'GET', '/v1/export')).status,
  ).toBe(403);
  expect(
    (await owner.askAs({ ...viewer, scopes: ['integrations:read'] }, 'GET', '/v1/export')).status,
  ).toBe(403);
  const { session } = await owner.addUser('ben');
  const bound = { role: 'credentials', sessionId: session.sessionId } as const;
  expect((await owner.askAs(bound, 'GET', '/v1/export')).status).toBe(403);
});

it('an unknown parameter of the query is refused', async () => {
  expect((await owner.ask('GET', '/v1/export?lable=x')).status).toBe(422);
});

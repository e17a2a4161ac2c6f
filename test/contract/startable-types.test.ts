import { afterAll, beforeAll, expect, it } from 'vitest';
import { startableTypes } from '../../src/cli/session-flags.ts';
import { fieldsOfEveryType } from '../fixtures/sessions.ts';
import { scratchApi, type ScratchApi } from '../fixtures/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

it.each(Object.values(fieldsOfEveryType))(
  'the command offers $type just where the owner can start it',
  async (fields) => {
    const parent = (await owner.addUser(`parent-of-${fields.type}`)).session.sessionId;
    const chained = fields.type === 'awsIamRoleChained' ? { parentSessionId: parent } : {};
    const added = await owner.ask('POST', '/v1/sessions', { body: { ...fields, ...chained } });
    const { sessionId } = (await added.json()) as { sessionId: string };
    const { status } = await owner.ask('POST', `/v1/sessions/${sessionId}/start`);
    expect(status !== 501).toBe(startableTypes.includes(fields.type));
  },
);

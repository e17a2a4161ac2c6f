import { afterEach, beforeEach, expect, it } from 'vitest';
import { command } from '../../support/command.ts';
import { scratchApi, type ScratchApi } from '../../support/scratch-api.ts';
import { eventually } from '../../support/scratch-owner.ts';

let owner: ScratchApi;
beforeEach(async () => {
  owner = await scratchApi();
  owner.stint.scheduler.start();
});
afterEach(async () => {
  await owner.close();
});

const day = 86_400;
const by = 'anna';
const find = (id: string) => owner.stint.sessions.list().find((one) => one.sessionId === id);
const keys = (id: string) => owner.stint.vault.get(`aws-iam-user/${id}/keys`);

/** A session whose validity has ended. */
async function archived(name: string): Promise<string> {
  const { session } = await owner.addUser(name);
  const { sessionId } = session;
  const validUntil = new Date(Date.parse(session.createdAt) + 1_000).toISOString();
  await owner.stint.sessions.update(sessionId, { edit: (old) => ({ ...old, validUntil }), by });
  await owner.pass(20);
  await eventually(
    () => find(sessionId)?.archivedAt,
    (at) => at !== undefined,
  );
  return sessionId;
}

it('an archived session is listed on request, and restored by taking its end away', async () => {
  await archived('anna');
  expect((await command(owner, ['session', 'list'])).stdout).not.toContain('anna');
  const listed = await command(owner, ['session', 'list', '--archived']);
  expect(listed.stdout).toMatch(/anna .*archived|archived.* anna/);
  expect((await command(owner, ['session', 'show', 'anna'])).stdout).toContain('archived');
  const edit = await command(owner, ['session', 'edit', 'anna', '--unset', 'valid-until']);
  expect(edit.code).toBe(0);
  expect((await command(owner, ['session', 'list'])).stdout).toContain('anna');
  expect((await command(owner, ['start', 'anna'])).code).toBe(0);
});

it('with archived-days, it is removed with its secrets once these days have passed, and not before', async () => {
  const old = await archived('anna');
  const { session: other } = await owner.addUser('berta');
  expect(await keys(old)).toBeDefined();
  const { code } = await command(owner, ['settings', 'set', 'archived-days', '30']);
  expect(code).toBe(0);
  await owner.sleep(29 * day);
  await owner.pass(61);
  expect(find(old)).toBeDefined();
  await owner.sleep(day);
  await owner.pass(61);
  await eventually(
    () => keys(old),
    (kept) => kept === undefined,
  );
  expect(find(old)).toBeUndefined();
  expect(await keys(other.sessionId)).toBeDefined();
  const { items } = owner.stint.history.list({ session: old, kind: 'session-removed' });
  expect(items).toMatchObject([
    {
      by: 'stint',
      message: 'It was archived for 30 days, as long as the setting archived-days says.',
    },
  ]);
});

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

it('an archived session is restored by a command, for ever or until a later end, with its keys', async () => {
  const id = await archived('anna');
  expect((await command(owner, ['start', 'anna'])).stderr).toContain('stint session restore anna');
  const past = await command(owner, ['session', 'restore', 'anna', '--valid-until', '2020-01-01']);
  expect([past.code, past.stderr]).toEqual([
    2,
    expect.stringContaining('2020-01-01T00:00:00.000Z has passed'),
  ]);
  expect(find(id)?.archivedAt).toBeDefined();

  const later = await command(owner, ['session', 'restore', 'anna', '--valid-until', '30d']);
  expect([later.code, later.stderr]).toEqual([
    0,
    expect.stringMatching(/^anna is valid again until /),
  ]);
  const { validUntil } = find(id) ?? {};
  expect(find(id)?.archivedAt).toBeUndefined();
  expect((await command(owner, ['start', 'anna'])).code).toBe(0);

  // One that is not archived keeps its end.
  expect((await command(owner, ['session', 'restore', 'anna'])).code).toBe(0);
  expect(find(id)?.validUntil).toBe(validUntil);
  owner.sleep(31 * day);
  await owner.pass(20);
  const again = await eventually(
    () => find(id),
    (session) => session?.archivedAt !== undefined,
  );
  expect(again?.lastEnd?.reason).toBe('valid-until');
  const json = await command(owner, ['session', 'restore', 'anna', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject([
    { session: { sessionId: id, status: 'inactive' } },
  ]);
  expect(find(id)?.validUntil).toBeUndefined();
  const { items } = owner.stint.history.list({ session: id, kind: 'session-updated' });
  expect(items[0]?.changes).toMatchObject([{ field: 'validUntil' }]);
});

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
  owner.sleep(29 * day);
  await owner.pass(61);
  expect(find(old)).toBeDefined();
  owner.sleep(day);
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

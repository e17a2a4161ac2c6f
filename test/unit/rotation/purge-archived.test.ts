import { expect, it } from 'vitest';
import { Problem, type ProblemCode } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import { purgeArchived } from '../../../src/services/rotation/purge-archived.ts';
import { runsInMemory } from '../../support/runs-in-memory.ts';

const day = 86_400_000;

/** Sessions of which some were archived, as many days ago as said; `removed` names what was purged. */
function archivedSessions({ archivedDays }: { archivedDays?: number } = { archivedDays: 30 }) {
  const { put, repository, clock, elapsed, workspace } = runsInMemory();
  const removed: string[] = [];
  const add = async (sessionName: string, daysAgo?: number, fields: object = {}) => {
    const session = await put({ sessionName, ...fields });
    if (daysAgo === undefined) return session;
    const archivedAt = new Date(clock.now() - daysAgo * day).toISOString();
    const archived = { ...session, archivedAt };
    await workspace.store.save({ put: [archived], keepBackup: false });
    return archived;
  };
  const remove = (sessionId: string, { expectedRevision }: { expectedRevision?: number }) => {
    const session = repository.get(sessionId);
    expect(expectedRevision).toBe(session.revision);
    removed.push(session.sessionName);
    return workspace.store.save({ remove: [sessionId], keepBackup: false });
  };
  const sessions = { remove };
  const settings = () => (archivedDays === undefined ? {} : { archivedDays });
  const purge = () => purgeArchived({ repository, sessions, elapsed, settings });
  return { add, purge, removed, clock, sessions };
}

const chainedTo = ({ sessionId }: Session) => ({
  type: 'awsIamRoleChained',
  parentSessionId: sessionId,
  roleArn: 'arn:aws:iam::447109328810:role/Deploy',
});

const refusal = (code: ProblemCode) => () =>
  Promise.reject(new Problem(code, { detail: 'It is refused.', next: 'Try again.' }));

it('removes what was archived for as long as the setting says, and nothing else', async () => {
  const { add, purge, removed } = archivedSessions();
  await add('old', 31);
  await add('on the day', 30);
  await add('young', 29);
  await add('in use');
  await purge();
  expect(removed).toEqual(['old', 'on the day']);
});

it('removes nothing without the setting', async () => {
  const { add, purge, removed } = archivedSessions({});
  await add('old', 5_000);
  await purge();
  expect(removed).toEqual([]);
});

it('keeps one while a session that is kept depends on it, through any number of chains', async () => {
  const { add, purge, removed } = archivedSessions();
  const parent = await add('parent', 99);
  const middle = await add('middle', 99, chainedTo(parent));
  await add('in use', undefined, chainedTo(middle));
  const other = await add('other', 99);
  await add('child of other', 99, chainedTo(other));
  await purge();
  expect(removed).toEqual(['other', 'child of other']);
});

it.each([
  ['ahead', 100 * day],
  ['back', -100 * day],
])('removes nothing early by a clock that is set %s', async (_way, by) => {
  const { add, purge, removed, clock } = archivedSessions();
  await add('young', 20);
  clock.set(by);
  await purge();
  expect(removed).toEqual([]);
});

it.each(['revision-stale', 'not-found'] as const)(
  'continues with the others where one was changed meanwhile: %s',
  async (code) => {
    const { add, purge, removed, sessions } = archivedSessions();
    await add('restored', 40);
    await add('old', 40);
    const { remove } = sessions;
    sessions.remove = () => {
      sessions.remove = remove;
      return refusal(code)();
    };
    await purge();
    expect(removed).toEqual(['old']);
  },
);

it('tells what keeps it from removing', async () => {
  const { add, purge, sessions } = archivedSessions();
  await add('old', 40);
  sessions.remove = refusal('vault-locked');
  await expect(purge()).rejects.toMatchObject({ code: 'vault-locked' });
});

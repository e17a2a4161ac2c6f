import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryEntry, HistoryKind } from '../../../src/models/history.ts';
import type { Session } from '../../../src/models/session.ts';
import { identityCenter, payments } from '../../support/identity-center.ts';
import {
  before,
  eventually,
  scratchOwner,
  type ScratchOwner,
} from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';

/* Two hundred sessions wait for a person at once, and nobody comes. */

const mfaSessions = 190;
const roles = Array.from({ length: 10 }, (_, index) => `Role${index}`);
/** One for each MFA code, and one for the sign-in that ten sessions wait for. */
const questions = mfaSessions + 1;

let owner: ScratchOwner;
let waiting: readonly Session[] = [];

beforeAll(async () => {
  owner = await scratchOwner();
  const { stint } = owner;
  const center = await identityCenter(owner, 'acme');
  await center.offer(payments, ...roles);
  await center.sync();
  await stint.integrations.logout(center.integration.integrationId, by);
  const { user, session } = await owner.addUser('user-0', { mfa: true });
  const { accessKeyId, secretAccessKey, mfaSerial = '' } = user;
  const withMfa = [session];
  for (let count = 1; count < mfaSessions; count += 1) {
    const fields = { sessionName: `user-${count}`, region: 'eu-west-1', mfaSerial };
    withMfa.push(
      await stint.sessions.create({
        fields: { type: 'awsIamUser', ...fields },
        secrets: { accessKeyId, secretAccessKey },
        by,
      }),
    );
  }
  waiting = [...withMfa, ...roles.map((role) => center.session(payments.accountName, role))];
});
afterAll(() => owner.close());

const statuses = () =>
  new Set(waiting.map(({ sessionId }) => owner.stint.sessions.get(sessionId).status));

/** Starts all of them; resolves once each waits. */
async function startAll(): Promise<void> {
  const { sessions, prompts } = owner.stint;
  const outcomes = await Promise.all(
    waiting.map(({ sessionId }) => sessions.start(sessionId, { by })),
  );
  expect(new Set(outcomes.map(({ session }) => session.status))).toEqual(new Set(['pending']));
  expect(outcomes.map((outcome) => outcome.prompts.length)).toEqual(waiting.map(() => 1));
  expect(prompts.list()).toHaveLength(questions);
}

/** Of the sessions that waited, newest first. */
function entries(kind: HistoryKind): readonly HistoryEntry[] {
  const ids = new Set(waiting.map(({ sessionId }) => sessionId));
  const { items } = owner.stint.history.list({ kind, limit: 1000 });
  return items.filter(({ sessionId = '' }) => ids.has(sessionId));
}

/** A session that asks nobody is started, rotated and stopped as if nobody waited. */
async function expectUnaffected(name: string): Promise<void> {
  const { sessions } = owner.stint;
  const { session } = await owner.addUser(name);
  const { sessionId } = session;
  expect((await sessions.start(sessionId, { by })).session.status).toBe('active');
  expect(await owner.credentials()).toContain(`[${name}]`);
  expect((await sessions.rotate(sessionId, { by })).session.status).toBe('active');
  expect((await sessions.stop(sessionId, { by })).session.status).toBe('inactive');
  expect(await owner.credentials()).toBe(before);
}

it('two hundred sessions that nobody answers all end, and hold up nothing meanwhile', async () => {
  const { prompts, sessions } = owner.stint;
  await startAll();
  const [asked] = prompts.list();
  await expectUnaffected('alone');
  expect(statuses()).toEqual(new Set(['pending']));
  // The sign-in ends with its code, which is asked about at intervals. An end is over once it is in the history.
  await eventually(
    async () => {
      await owner.pass(60);
      return entries('session-stopped').length;
    },
    (ended) => ended === waiting.length,
  );
  expect(statuses()).toEqual(new Set(['inactive']));
  expect(prompts.list()).toEqual([]);
  for (const { sessionId } of waiting) {
    expect(sessions.get(sessionId)).toMatchObject({ lastEnd: { reason: 'failed' } });
  }
  expect(entries('session-started')).toEqual([]);
  expect(entries('session-stopped').map(({ reason }) => reason)).toEqual(
    waiting.map(() => 'failed'),
  );
  expect(entries('prompt-closed').map(({ message }) => message)).toEqual(
    Array.from({ length: questions }, () => 'expired'),
  );
  const late = prompts.answer(asked?.promptId ?? '', { answer: '123456' });
  await expect(late).rejects.toMatchObject({ code: 'prompt-closed' });
  expect(await owner.credentials()).toBe(before);
});

it('two hundred sessions that are stopped while they wait end as cancelled, and their questions too', async () => {
  const { prompts, sessions } = owner.stint;
  await startAll();
  await Promise.all(waiting.map(({ sessionId }) => sessions.stop(sessionId, { by })));
  expect(statuses()).toEqual(new Set(['inactive']));
  await eventually(
    () => prompts.list().length,
    (count) => count === 0,
  );
  const ends = entries('session-stopped').filter(({ reason }) => reason === 'cancelled');
  expect(ends).toHaveLength(waiting.length);
  await expectUnaffected('alone-again');
});

import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lifecycle, nextStatus, type SessionStatus } from '../../../src/models/lifecycle.ts';
import { Problem } from '../../../src/models/problem.ts';
import {
  before,
  eventually,
  scratchOwner,
  type ScratchOwner,
} from '../../support/scratch-owner.ts';
import { minutes, numRuns } from '../../support/campaign.ts';

let owner: ScratchOwner;

beforeAll(async () => {
  owner = await scratchOwner();
});

afterAll(async () => {
  await owner.close();
});

/** What people, the clock and the cloud may do, in any order and without waiting for one another. */
const acts = [
  'start',
  'stop',
  'rotate',
  'rename',
  'answer rightly',
  'answer wrongly',
  'cancel the question',
  'let the cloud refuse once',
  'let it finish',
  'remove',
] as const;
type Act = (typeof acts)[number];

/** The statuses that one step of the table leads to. */
const following = (status: SessionStatus): readonly SessionStatus[] =>
  Object.keys(lifecycle[status]).map(
    (event) => nextStatus(status, event as Parameters<typeof nextStatus>[1]) as SessionStatus,
  );

/** Every status a session is seen in, oldest first, from the events that everyone sees. */
function watchStatuses(sessionId: string) {
  const seen: SessionStatus[] = ['inactive'];
  const end = owner.stint.events.subscribe(({ event }) => {
    if (event.type !== 'session' || event.session.sessionId !== sessionId) return;
    if (seen.at(-1) !== event.session.status) seen.push(event.session.status);
  });
  return { seen, end };
}

let users = 0;

async function play(sequence: readonly Act[], mfa: boolean): Promise<void> {
  users += 1;
  const { stint, cloud } = owner;
  await cloud.setOverrides({ totpWindowSteps: 8 });
  const { session, user } = await owner.addUser(`user-${users}`, { mfa });
  const { sessionId } = session;
  const { seen, end } = watchStatuses(sessionId);
  const working: Promise<unknown>[] = [];
  const underway = (work: Promise<unknown>) => {
    // A refusal must be one that a person can act on; anything else is a bug.
    working.push(
      work.catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
      }),
    );
  };
  const question = () => stint.prompts.list().find((open) => open.sessionId === sessionId);
  const reply = async (answer: Parameters<typeof stint.prompts.answer>[1]) => {
    const open = question();
    if (open !== undefined) await stint.prompts.answer(open.promptId, answer);
  };
  const perform: Readonly<Record<Act, () => Promise<unknown>>> = {
    start: () => stint.sessions.start(sessionId, { by: 'anna' }),
    stop: () => stint.sessions.stop(sessionId, { by: 'anna' }),
    rotate: () => stint.sessions.rotate(sessionId, { by: 'anna' }),
    rename: () =>
      stint.sessions.update(sessionId, {
        edit: (fields) => ({ ...fields, sessionName: `${fields.sessionName}!` }),
        by: 'anna',
      }),
    'answer rightly': async () => {
      if (question() === undefined || user.mfaSerial === undefined) return;
      await reply({ answer: await cloud.mfaCode(user.mfaSerial) });
    },
    'answer wrongly': () => reply({ answer: '000000' }),
    'cancel the question': () => reply({ cancel: true }),
    'let the cloud refuse once': () => cloud.setOverrides({ failNext: 1, failStatus: 500 }),
    'let it finish': async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
    },
    remove: () => stint.sessions.remove(sessionId, { by: 'anna' }),
  };
  for (const act of sequence) {
    underway(perform[act]());
    if (act === 'let it finish') await Promise.all(working.splice(0));
  }
  // Nobody is there any more: what still waits for a person is given up on.
  const finished = eventually(
    async () => {
      await reply({ cancel: true });
      return stint.sessions.list().find((one) => one.sessionId === sessionId)?.status;
    },
    (status) => status !== 'pending',
  );
  await Promise.all([...working, finished]);
  await owner.cloud.setOverrides({ failNext: 0 });

  for (const [index, status] of seen.slice(1).entries()) {
    expect(following(seen[index] as SessionStatus)).toContain(status);
  }
  const left = stint.sessions.list().find((one) => one.sessionId === sessionId);
  const file = await owner.credentials();
  if (left?.status === 'active') expect(file).toContain(`[${session.sessionName}]`);
  else expect(file).toBe(before);
  if (left !== undefined) {
    const stopped = await stint.sessions.stop(sessionId, { by: 'anna' });
    expect(stopped.session.status).toBe('inactive');
    await stint.sessions.remove(sessionId, { by: 'anna' });
  }
  expect(await owner.credentials()).toBe(before);
  expect(question()).toBeUndefined();
  end();
}

describe('whatever is done to a session, in whatever order', () => {
  it(
    'takes only the steps of the table, and leaves the file unchanged',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 12 }),
          fc.boolean(),
          play,
        ),
        { numRuns: numRuns(60) },
      );
    },
    minutes(2),
  );
});

describe('a session that is', () => {
  it('started twice at once asks the cloud once', async () => {
    const { session } = await owner.addUser('twice');
    await owner.cloud.clearCalls();
    const [one, two] = await Promise.all([
      owner.stint.sessions.start(session.sessionId, { by: 'anna' }),
      owner.stint.sessions.start(session.sessionId, { by: 'ben' }),
    ]);
    expect(one.session.run?.id).toBe(two.session.run?.id);
    expect(await owner.cloud.calls()).toHaveLength(1);
    await owner.stint.sessions.remove(session.sessionId, { by: 'anna' });
  });

  it('stopped while it starts ends as cancelled, with nothing left behind', async () => {
    const { session } = await owner.addUser('hasty', { mfa: true });
    await owner.stint.sessions.start(session.sessionId, { by: 'anna' });
    expect(owner.stint.sessions.get(session.sessionId).status).toBe('pending');
    const { session: stopped } = await owner.stint.sessions.stop(session.sessionId, { by: 'anna' });
    expect(stopped.status).toBe('inactive');
    expect(stopped.lastEnd?.reason).toBe('cancelled');
    expect(owner.stint.prompts.list()).toHaveLength(0);
    expect(await owner.credentials()).toBe(before);
  });

  it('refused by the cloud ends as failed and says why', async () => {
    const { session, user } = await owner.addUser('denied');
    await owner.cloud.deactivateKey(user.accessKeyId);
    await expect(
      owner.stint.sessions.start(session.sessionId, { by: 'anna' }),
    ).rejects.toMatchObject({ code: 'cloud-refused' });
    const after = owner.stint.sessions.get(session.sessionId);
    expect(after.status).toBe('inactive');
    expect(after.lastEnd?.reason).toBe('failed');
    expect(after.lastEnd?.message).toContain('denied');
  });

  it('started on the profile of an active one takes its place, and that one ends as superseded', async () => {
    const { session: old } = await owner.addUser('old', { fields: { profileName: 'shared' } });
    const { session: young } = await owner.addUser('young', { fields: { profileName: 'shared' } });
    await owner.stint.sessions.start(old.sessionId, { by: 'anna' });
    await owner.stint.sessions.start(young.sessionId, { by: 'anna' });
    expect(owner.stint.sessions.get(old.sessionId).lastEnd?.reason).toBe('superseded');
    expect(owner.stint.sessions.get(young.sessionId).status).toBe('active');
    expect((await owner.credentials()).match(/\[shared\]/g)).toHaveLength(1);
    await owner.stint.sessions.stop(young.sessionId, { by: 'anna' });
    expect(await owner.credentials()).toBe(before);
  });

  it('to take the place of another and fails takes nothing away', async () => {
    const { session: old } = await owner.addUser('kept', { fields: { profileName: 'kept' } });
    const { session: young, user } = await owner.addUser('failing', {
      fields: { profileName: 'kept' },
    });
    await owner.stint.sessions.start(old.sessionId, { by: 'anna' });
    const delivered = await owner.credentials();
    await owner.cloud.deactivateKey(user.accessKeyId);
    await expect(owner.stint.sessions.start(young.sessionId, { by: 'anna' })).rejects.toThrow();
    expect(owner.stint.sessions.get(old.sessionId).status).toBe('active');
    expect(await owner.credentials()).toBe(delivered);
    await owner.stint.sessions.stop(old.sessionId, { by: 'anna' });
  });

  it('to take the place of another and cannot be written takes nothing away', async () => {
    const fields = { profileName: 'unwritten' };
    const { session: old } = await owner.addUser('staying', { fields });
    const { session: young, user } = await owner.addUser('unwritten', { mfa: true, fields });
    await owner.stint.sessions.start(old.sessionId, { by: 'anna' });
    const delivered = await owner.credentials();
    const [asked] = (await owner.stint.sessions.start(young.sessionId, { by: 'anna' })).prompts;
    await writeFile(owner.credentialsFile, `${delivered}[half`);
    await owner.stint.prompts.answer(String(asked?.promptId), {
      answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
    });
    const failed = await eventually(
      () => owner.stint.sessions.get(young.sessionId),
      ({ status }) => status === 'inactive',
    );
    expect(failed.lastEnd?.reason).toBe('failed');
    expect(owner.stint.sessions.get(old.sessionId).status).toBe('active');
    await writeFile(owner.credentialsFile, delivered);
    await owner.stint.sessions.stop(old.sessionId, { by: 'anna' });
    expect(await owner.credentials()).toBe(before);
  });

  it('started again after a stop needs no second MFA code, except after a forget', async () => {
    const { session, user } = await owner.addUser('remembered', { mfa: true });
    const { sessionId } = session;
    const start = () => owner.stint.sessions.start(sessionId, { by: 'anna' });
    const [asked] = (await start()).prompts;
    await owner.stint.prompts.answer(String(asked?.promptId), {
      answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
    });
    await eventually(
      () => owner.stint.sessions.get(sessionId).status,
      (status) => status === 'active',
    );
    await owner.stint.sessions.stop(sessionId, { by: 'anna' });
    expect((await start()).session.status).toBe('active');
    await owner.stint.sessions.stop(sessionId, { by: 'anna' });
    await owner.stint.sessions.forget(sessionId, { by: 'anna' });
    expect((await start()).prompts).toHaveLength(1);
    await owner.stint.sessions.stop(sessionId, { by: 'anna' });
  });
});

it('a start that was only just asked for does not hold up a quit', async () => {
  const quitting = await scratchOwner();
  const { session } = await quitting.addUser('late', { mfa: true });
  const started = quitting.stint.sessions.start(session.sessionId, { by: 'anna' });
  const refused = expect(started).rejects.toThrow('Stint is shutting down');
  await quitting.close();
  await refused;
  expect(await quitting.credentials()).toBe('');
});

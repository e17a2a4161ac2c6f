import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;

aRunningOwner((started) => {
  owner = started;
});

const session = (id: string) => owner.stint.sessions.get(id);
const secondsUntil = (instant: string | undefined, from: string | undefined) =>
  (Date.parse(String(instant)) - Date.parse(String(from))) / 1000;

async function startedUser(name: string, options?: Parameters<ScratchOwner['addUser']>[1]) {
  const { session: added, user } = await owner.addUser(name, options);
  await owner.stint.sessions.start(added.sessionId, { by: 'anna' });
  return { id: added.sessionId, user };
}

async function startedWithMfa(name: string) {
  const { session: added, user } = await owner.addUser(name, { mfa: true });
  const id = added.sessionId;
  const [asked] = (await owner.stint.sessions.start(id, { by: name })).prompts;
  const answer = await owner.cloud.mfaCode(String(user.mfaSerial));
  await owner.stint.prompts.answer(String(asked?.promptId), { answer });
  await eventually(
    () => session(id).status,
    (status) => status === 'active',
  );
  return { id, user };
}

/** How the session ended, once it has and its section is gone. */
async function endOf(id: string) {
  const ended = await eventually(
    () => session(id),
    ({ status }) => status === 'inactive',
  );
  await eventually(
    () => owner.credentials(),
    (text) => text === before,
  );
  return ended.lastEnd?.reason;
}

/** `since`: its renewal before, if it had one. */
async function renewalOf(id: string, since?: string) {
  return await eventually(
    () => session(id),
    ({ rotatedAt }) => rotatedAt !== undefined && rotatedAt !== since,
  );
}

describe('a session without MFA', () => {
  it('is renewed twenty minutes before a twelve-hour token ends, and keeps its start', async () => {
    const { id } = await startedUser('anna');
    owner.stint.scheduler.start();
    const begun = session(id);
    expect(secondsUntil(begun.credentialsExpireAt, begun.startDateTime)).toBeCloseTo(43_200, -1);
    expect(begun.duration).toBeCloseTo(43_200 - 20 * 60, -1);

    await owner.pass(begun.duration - 60);
    expect(session(id).rotatedAt).toBeUndefined();

    await owner.pass(61);
    const renewed = await renewalOf(id);
    expect(renewed.startDateTime).toBe(begun.startDateTime);
    expect(renewed.status).toBe('active');
    expect(secondsUntil(renewed.credentialsExpireAt, begun.credentialsExpireAt)).toBeGreaterThan(
      40_000,
    );
  });

  it('is renewed after a third of a short token is left, again and again', async () => {
    await owner.cloud.setOverrides({ grantedSeconds: 900 });
    const { id } = await startedUser('anna');
    owner.stint.scheduler.start();
    expect(session(id).duration).toBeCloseTo(600, -1);
    for (let round = 0; round < 3; round += 1) {
      const { rotatedAt } = session(id);
      await owner.pass(601);
      await renewalOf(id, rotatedAt);
    }
    expect(session(id).status).toBe('active');
  });

  it('is renewed at once after the computer slept past the renewal', async () => {
    const { id } = await startedUser('anna');
    owner.stint.scheduler.start();
    owner.sleep(session(id).duration + 120);
    owner.stint.scheduler.tick();
    await renewalOf(id);
    expect(session(id).status).toBe('active');
  });

  it('continues after the computer slept past the end of its credentials', async () => {
    const { id } = await startedUser('anna');
    owner.stint.scheduler.start();
    owner.sleep(3 * 86_400);
    owner.stint.scheduler.tick();
    const renewed = await renewalOf(id);
    expect(renewed.status).toBe('active');
    expect(await owner.credentials()).toContain('[anna]');
  });

  it('keeps its credentials while the cloud fails, reports that once, and is renewed when the cloud is back', async () => {
    const { id } = await startedUser('anna');
    owner.stint.scheduler.start();
    const delivered = await owner.credentials();
    await owner.cloud.setOverrides({ failNext: 1000, failStatus: 503 });
    await owner.pass(session(id).duration + 1);
    const told = () =>
      owner.stint.history.list({ session: id, kind: 'rotation-failed', limit: 10 }).items;
    await eventually(told, (entries) => entries.length === 1);
    await owner.pass(120);
    expect(session(id).status).toBe('active');
    expect(await owner.credentials()).toBe(delivered);
    expect(told()).toHaveLength(1);

    await owner.cloud.setOverrides({ failNext: 0 });
    await eventually(
      async () => {
        await owner.pass(60);
        return session(id).rotatedAt;
      },
      (rotatedAt) => rotatedAt !== undefined,
    );
    expect(await owner.credentials()).not.toBe(delivered);
  });

  it('is pending without its section once its credentials have expired, and renewed by itself when the cloud is back', async () => {
    await owner.cloud.setOverrides({ grantedSeconds: 900 });
    const { id } = await startedUser('anna');
    owner.stint.scheduler.start();
    const begun = session(id);
    await owner.cloud.setOverrides({ failNext: 100_000, failStatus: 503 });
    const waiting = await eventually(
      async () => {
        await owner.pass(100);
        return session(id);
      },
      ({ status, run }) => status === 'pending' && run?.renewalFailure !== undefined,
    );
    await eventually(
      () => owner.credentials(),
      (text) => text === before,
    );
    expect(waiting.run).toMatchObject({
      id: begun.run?.id,
      renewalFailure: { message: expect.stringContaining('503') as string },
    });
    await expect(owner.stint.sessions.credentials(id)).rejects.toMatchObject({
      code: 'session-not-active',
    });

    await owner.cloud.setOverrides({ failNext: 0 });
    const renewed = await eventually(
      async () => {
        await owner.pass(100);
        return session(id);
      },
      ({ status }) => status === 'active',
    );
    expect(renewed.run).toEqual({ ...begun.run, id: begun.run?.id });
    expect(renewed.startDateTime).toBe(begun.startDateTime);
    expect(await owner.credentials()).toContain('[anna]');
  });

  it('ends as expired, and says why, when it could not be renewed for the hours of the setting', async () => {
    await owner.stint.settings.change({ renewAfterExpiryHours: 1 });
    await owner.cloud.setOverrides({ grantedSeconds: 900 });
    const { id, user } = await startedUser('anna');
    owner.stint.scheduler.start();
    await owner.cloud.deactivateKey(user.accessKeyId);
    const ended = await eventually(
      async () => {
        await owner.pass(600);
        return session(id);
      },
      ({ status }) => status === 'inactive',
    );
    expect(ended.lastEnd).toMatchObject({
      reason: 'expired',
      message: expect.stringContaining('The last attempt: ') as string,
    });
    await eventually(
      () => owner.credentials(),
      (text) => text === before,
    );
  });
});

describe('a session with MFA', () => {
  it('asks for the next code at renewal, stays active meanwhile, and continues with the answer', async () => {
    const { prompts } = owner.stint;
    const { id, user } = await startedWithMfa('ben');
    owner.stint.scheduler.start();

    await owner.pass(session(id).duration + 30);
    const [next] = await eventually(
      () => prompts.list(),
      (open) => open.length === 1,
    );
    expect(next).toMatchObject({ kind: 'mfa', sessionId: id, device: user.mfaSerial });
    expect(session(id).status).toBe('active');

    await owner.pass(120);
    expect(prompts.list()).toHaveLength(1);

    await prompts.answer(String(next?.promptId), {
      answer: await owner.cloud.mfaCode(String(user.mfaSerial)),
    });
    await renewalOf(id);
    expect(session(id).status).toBe('active');
  });

  it('is not asked twice for one renewal, and ends as expired when nobody answers', async () => {
    const { prompts } = owner.stint;
    const { id } = await startedWithMfa('ben');
    owner.stint.scheduler.start();
    await owner.pass(session(id).duration + 30);
    const [next] = await eventually(
      () => prompts.list(),
      (open) => open.length === 1,
    );
    await prompts.answer(String(next?.promptId), { cancel: true });
    await owner.pass(300);
    expect(prompts.list()).toHaveLength(0);
    expect(session(id).status).toBe('active');

    await owner.pass(1200);
    expect(await endOf(id)).toBe('expired');
  });
});

describe('limits', () => {
  it('are those of the settings for a session without its own, fixed for its run at the start', async () => {
    const { settings, history } = owner.stint;
    await settings.change({ defaultMaxSessionSeconds: 1800, defaultIdleSeconds: 900 });
    const { id } = await startedUser('anna');
    await settings.change({ defaultMaxSessionSeconds: null, defaultIdleSeconds: null });
    // Readers of a file cannot be seen, so it has no idle limit.
    expect(session(id).run?.limits).toEqual({ maxSessionSeconds: 1800 });
    owner.stint.scheduler.start();
    await owner.pass(1800 - 299);
    const [warning] = await eventually(
      () => history.list({ session: id, kind: 'session-ending', limit: 10 }).items,
      (items) => items.length === 1,
    );
    expect(warning?.message).toContain(`stint extend ${id}`);
    await owner.pass(300);
    expect(await endOf(id)).toBe('max-duration');
  });

  it('end a run later once it was extended, and warn again', async () => {
    const { id } = await startedUser('anna', { fields: { limits: { maxSessionSeconds: 1800 } } });
    owner.stint.scheduler.start();
    await owner.pass(1700);
    await owner.stint.sessions.extend(id, { seconds: 600, by: 'anna' });
    await owner.pass(200);
    expect(session(id).status).toBe('active');
    await owner.pass(400);
    await eventually(
      () => owner.stint.history.list({ session: id, kind: 'session-ending', limit: 10 }).items,
      (items) => items.length === 2,
    );
    await owner.pass(101);
    expect(await endOf(id)).toBe('max-duration');
  });

  it('end a run at its maximum duration, whatever rotation says', async () => {
    const { id } = await startedUser('anna', { fields: { limits: { maxSessionSeconds: 1800 } } });
    owner.stint.scheduler.start();
    await owner.pass(1801);
    expect(await endOf(id)).toBe('max-duration');
  });

  it('archive a session whose validity has ended; a later end brings it back', async () => {
    const validUntil = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await startedUser('anna', { fields: { validUntil } });
    owner.stint.scheduler.start();
    await owner.pass(3_700);
    const archived = await eventually(
      () => session(id),
      ({ archivedAt }) => archivedAt !== undefined,
    );
    expect(archived.status).toBe('inactive');
    expect(archived.lastEnd?.reason).toBe('valid-until');
    await expect(owner.stint.sessions.start(id, { by: 'anna' })).rejects.toMatchObject({
      code: 'session-archived',
    });
    await owner.stint.sessions.update(id, {
      edit: (fields) => ({
        ...fields,
        validUntil: new Date(Date.now() + 86_400_000).toISOString(),
      }),
      by: 'anna',
    });
    await owner.stint.sessions.start(id, { by: 'anna' });
    expect(session(id).status).toBe('active');
  });
});

it('restores a section that another program removed, and says so in the history', async () => {
  const { id } = await startedUser('anna');
  owner.stint.scheduler.start();
  const delivered = await owner.credentials();
  await writeFile(owner.credentialsFile, before);
  await owner.pass(16);
  // The entry is written last, after the section is safely in place.
  await eventually(
    () => owner.stint.history.list({ session: id, kind: 'section-restored', limit: 10 }).items,
    (items) => items.length === 1,
  );
  expect(await owner.credentials()).toBe(delivered);
});

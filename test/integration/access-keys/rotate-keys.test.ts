import { describe, expect, it } from 'vitest';
import type { AwsIamUserSession } from '../../../src/models/session.ts';
import { eventually } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';
import { ownerWithUsers, short } from './owner-with-users.ts';

const { owner, addUser, now, start, whoIs, rotate, finish, ...seen } = ownerWithUsers();
const { keysOf, record, rotation, atAws, history, passUntil } = seen;

it('entering other keys forgets the rotation', async () => {
  const { session, user } = await addUser();
  await rotate(session);
  await owner().stint.sessions.update(session.sessionId, {
    edit: (fields) => fields,
    secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
    by,
  });
  expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
});

describe('a rotation of access keys', () => {
  it.each([1_200, -1_200])(
    'works where the clock of AWS is %i s ahead of this machine',
    async (clockOffsetSeconds) => {
      const { session, user } = await addUser();
      await owner().cloud.setOverrides({ clockOffsetSeconds, signatureMinutes: 15 });
      await rotate(session);
      await finish(session);
      await owner().cloud.setOverrides({ clockOffsetSeconds: 0, signatureMinutes: 1_000_000 });
      const { accessKeyId } = await keysOf(session);
      expect(accessKeyId).not.toBe(user.accessKeyId);
      expect(await atAws(user.arn)).toEqual([[accessKeyId, 'Active']]);
    },
  );

  it('makes a key, tries it, deactivates the old one, and deletes it when asked', async () => {
    const { session, user } = await addUser();
    const { session: after, prompts } = await rotate(session);
    const made = await keysOf(session);
    expect(prompts).toEqual([]);
    expect(made.accessKeyId).not.toBe(user.accessKeyId);
    expect(await atAws(user.arn)).toEqual([
      [user.accessKeyId, 'Inactive'],
      [made.accessKeyId, 'Active'],
    ]);
    const oldKey = short(user.accessKeyId);
    expect(after).toMatchObject({ keyRotation: { step: 'old-key-waiting', oldKey } });
    expect(typeof (after as AwsIamUserSession).keyCreatedAt).toBe('string');
    await start(session);
    expect(await whoIs(session)).toBe(user.arn);

    expect((await refusal(rotate(session))).code).toBe('key-rotation-conflict');
    await finish(session);
    expect(await atAws(user.arn)).toEqual([[made.accessKeyId, 'Active']]);
    expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
    expect((await refusal(finish(session))).code).toBe('key-rotation-conflict');
    expect(history(session).map(({ kind }) => kind)).toEqual([
      'session-created',
      'key-created',
      'key-deactivated',
      'session-started',
      'key-deleted',
    ]);
  });

  it('waits until AWS knows the new key', async () => {
    const { session, user } = await addUser();
    await owner().cloud.setOverrides({ newKeyDelayMs: 20_000 });
    const done = rotate(session);
    await eventually(
      async () => (await record(session))?.step,
      (step) => step === 'trying',
    );
    await passUntil(done);
    expect((await atAws(user.arn)).map(([, status]) => status)).toEqual(['Inactive', 'Active']);
  });

  it('leaves an active session active, which is renewed with the new key', async () => {
    const { session, user } = await addUser();
    await start(session);
    const before = await owner().stint.sessions.credentials(session.sessionId);
    await rotate(session);
    expect(now(session).status).toBe('active');
    expect(await owner().stint.sessions.credentials(session.sessionId)).toEqual(before);
    await owner().stint.sessions.rotate(session.sessionId, { by });
    expect(await whoIs(session)).toBe(user.arn);
    const call = (await owner().cloud.calls()).findLast(
      ({ action }) => action === 'GetSessionToken',
    );
    expect(call?.accessKeyId).toBe((await keysOf(session)).accessKeyId);
  });

  it('signs with the MFA session of a user whose policies ask for MFA, and drops it', async () => {
    const { session, user } = await addUser({ mfa: true });
    await owner().cloud.setOverrides({ iamNeedsMfa: true });
    const { prompts } = await rotate(session);
    expect(prompts).toMatchObject([{ kind: 'mfa' }]);
    await owner().stint.prompts.answer(String(prompts[0]?.promptId), {
      answer: await owner().cloud.mfaCode(String(user.mfaSerial)),
    });
    await eventually(
      () => rotation(session)?.step,
      (step) => step === 'old-key-waiting',
    );
    expect((await atAws(user.arn)).map(([, status]) => status)).toEqual(['Inactive', 'Active']);
    expect(
      await owner().stint.vault.get(`aws-iam-user/${session.sessionId}/token`),
    ).toBeUndefined();
  });

  it('deletes the old key automatically after the days of the setting, unless it is active again', async () => {
    const { session, user } = await addUser();
    const other = await addUser();
    await rotate(session);
    await rotate(other.session);
    await owner().cloud.activateKey(other.user.accessKeyId);
    await owner().stint.settings.change({ deleteOldKeyAfterDays: 2 });
    owner().sleep(86_400);
    await owner().stint.keyRotations.resume();
    expect(await atAws(user.arn)).toHaveLength(2);
    owner().sleep(86_400);
    await owner().stint.keyRotations.resume();
    expect(await atAws(user.arn)).toEqual([[(await keysOf(session)).accessKeyId, 'Active']]);
    expect(await atAws(other.user.arn)).toHaveLength(2);
    expect(history(other.session).at(-1)).toMatchObject({
      kind: 'key-rotation-failed',
      message: expect.stringContaining('was activated again') as string,
    });
  });
});

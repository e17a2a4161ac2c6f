import { describe, expect, it, vi } from 'vitest';
import type { Overrides } from '../../../practice-cloud/admin-client.ts';
import { Problem } from '../../../src/models/problem.ts';
import type { ScratchOwner } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';
import { ownerWithUsers, short } from './owner-with-users.ts';

const { owner, heal, addUser, rotate, finish, ...seen } = ownerWithUsers();
const { keysOf, record, rotation, atAws, history, passUntil } = seen;

describe('a rotation that fails', () => {
  const denied = (action: string): Partial<Overrides> => ({ iamDenies: [action] });
  it.each<{ readonly at: string; readonly overrides: Partial<Overrides>; readonly says: string }>([
    { at: 'the list', overrides: denied('ListAccessKeys'), says: 'iam:ListAccessKeys' },
    { at: 'the new key', overrides: denied('CreateAccessKey'), says: 'iam:CreateAccessKey' },
    { at: 'the deactivation', overrides: denied('UpdateAccessKey'), says: 'iam:UpdateAccessKey' },
    { at: 'a policy for MFA', overrides: { iamNeedsMfa: true }, says: 'explicit deny' },
    { at: 'AWS itself', overrides: { failNext: 3, failStatus: 500 }, says: 'HTTP 500' },
  ])('at $at leaves the old key in use and active, and no other', async ({ overrides, says }) => {
    const { session, user } = await addUser();
    await owner().cloud.setOverrides(overrides);
    const refused = await refusal(rotate(session));
    expect(refused.message).toContain(says);
    expect(await atAws(user.arn)).toEqual([[user.accessKeyId, 'Active']]);
    expect((await keysOf(session)).accessKeyId).toBe(user.accessKeyId);
    expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
    expect(history(session).at(-1)?.kind).toBe('key-rotation-failed');
    expect(JSON.stringify(refused.toDocument())).not.toContain(user.accessKeyId);
  });

  it('because AWS never accepts the new key deletes it again', async () => {
    const { session, user } = await addUser();
    await owner().cloud.setOverrides({ newKeyDelayMs: 600_000 });
    const failed = refusal(rotate(session));
    await passUntil(failed);
    expect((await failed).message).toContain('still does not accept the new access key');
    expect(await atAws(user.arn)).toEqual([[user.accessKeyId, 'Active']]);
    expect((await keysOf(session)).accessKeyId).toBe(user.accessKeyId);
  });

  it('with two keys says which one the session uses, and makes none', async () => {
    const { session, user } = await addUser();
    const other = await owner().cloud.createKey(user.arn);
    const { message, details } = await refusal(rotate(session));
    expect(message).toContain('two access keys already');
    expect(message).toContain(`The session uses ${short(user.accessKeyId)}.`);
    expect(details.next).toContain(`If nothing uses ${short(other.accessKeyId)}, delete it`);
    expect(await atAws(user.arn)).toHaveLength(2);
  });

  it('and cannot delete the new key names it, and deletes it later automatically', async () => {
    const { session, user } = await addUser();
    await owner().cloud.setOverrides({ iamDenies: ['UpdateAccessKey', 'DeleteAccessKey'] });
    const { message } = await refusal(rotate(session));
    const [, left] = await atAws(user.arn);
    expect(message).toContain(`${short(left?.[0])} is left at AWS`);
    expect((await keysOf(session)).accessKeyId).toBe(user.accessKeyId);
    expect(rotation(session)?.step).toBe('unfinished');
    await heal();
    await owner().stint.keyRotations.resume();
    expect(await atAws(user.arn)).toEqual([[user.accessKeyId, 'Active']]);
    expect(rotation(session)).toBeUndefined();
  });

  it('is refused for a session without access keys', async () => {
    const { session } = await addUser();
    const chained = await owner().stint.sessions.create({
      fields: {
        type: 'awsIamRoleChained',
        sessionName: 'role',
        region: 'eu-west-1',
        parentSessionId: session.sessionId,
        roleArn: 'arn:aws:iam::447109328810:role/reader',
        roleSessionName: by,
      },
      by,
    });
    expect((await refusal(rotate(chained))).code).toBe('invalid-request');
  });

  it('at the deletion of the old key keeps it deactivated, and deletes it the next time', async () => {
    const { session, user } = await addUser();
    await rotate(session);
    await owner().cloud.setOverrides({ iamDenies: ['DeleteAccessKey'] });
    expect((await refusal(finish(session))).message).toContain('iam:DeleteAccessKey');
    expect((await atAws(user.arn))[0]).toEqual([user.accessKeyId, 'Inactive']);
    expect(rotation(session)?.step).toBe('old-key-waiting');
    expect(history(session).at(-1)?.kind).toBe('key-rotation-failed');
    await heal();
    await finish(session);
    expect(await atAws(user.arn)).toEqual([[(await keysOf(session)).accessKeyId, 'Active']]);
  });
});

describe('a rotation whose answer with the new key is lost', () => {
  it('names the key that it does not know, says where to look, and leaves it', async () => {
    const { session, user } = await addUser();
    await owner().cloud.setOverrides({ iamLosesAnswers: ['CreateAccessKey'] });
    const { message, details } = await refusal(rotate(session));
    await heal();
    const keys = await atAws(user.arn);
    expect(keys.map(([, status]) => status)).toEqual(['Active', 'Active']);
    expect(message).toContain(`AWS lists ${short(keys[1]?.[0])}, which Stint does not know`);
    expect(details.next).toContain('IAM console (Users, Security credentials)');
    expect(await keysOf(session)).toEqual({
      accessKeyId: user.accessKeyId,
      secretAccessKey: user.secretAccessKey,
    });
    expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
    const again = await refusal(rotate(session));
    expect(again.message).toContain(`The session uses ${short(user.accessKeyId)}.`);
    expect(again.details.next).toContain(short(keys[1]?.[0]));
    expect(await atAws(user.arn)).toEqual(keys);
  });

  it('looks again later where AWS cannot even list the keys, and names it in the history', async () => {
    const { session, user } = await addUser();
    const lost = ['CreateAccessKey'];
    await owner().cloud.setOverrides({ iamLosesAnswers: lost });
    const { vault, keyRotations } = owner().stint;
    // From the moment the rotation is recorded, nothing is answered.
    onNextWrite(vault, 'creating', () =>
      owner().cloud.setOverrides({ iamLosesAnswers: [...lost, 'ListAccessKeys'] }),
    );
    expect((await refusal(rotate(session))).message).toContain('Stint looks again automatically');
    expect(rotation(session)?.step).toBe('unfinished');
    await heal();
    await keyRotations.resume();
    const [, left] = await atAws(user.arn);
    expect(left?.[1]).toBe('Active');
    expect(history(session).at(-1)?.message).toContain(short(left?.[0]));
    expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
  });
});

describe('a rotation while the vault cannot be written', () => {
  it.each(['creating', 'trying', 'deactivating'] as const)(
    'at the step %s keeps the old key and deletes the new one',
    async (step) => {
      const { session, user } = await addUser();
      onNextWrite(owner().stint.vault, step, () => Promise.reject(fullDisk));
      const { code, message } = await refusal(rotate(session));
      expect(code).toBe('file-unwritable');
      expect(message).toContain('Nothing has changed');
      expect(await atAws(user.arn)).toEqual([[user.accessKeyId, 'Active']]);
      expect((await keysOf(session)).accessKeyId).toBe(user.accessKeyId);
      expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
    },
  );

  it.each(['the new key of the session', 'waiting'])(
    'at %s is unfinished, and continued automatically',
    async (at) => {
      const { session, user } = await addUser();
      onNextWrite(owner().stint.vault, at === 'waiting' ? at : /\/keys$/, () =>
        Promise.reject(fullDisk),
      );
      const { message, details } = await refusal(rotate(session));
      expect(message).toContain('is unfinished');
      expect(details.next).toContain('continues automatically');
      expect(rotation(session)?.step).toBe('unfinished');
      await owner().stint.keyRotations.resume();
      expect((await atAws(user.arn)).map(([, status]) => status)).toEqual(['Inactive', 'Active']);
      expect(rotation(session)?.step).toBe('old-key-waiting');
    },
  );
});

const fullDisk = new Problem('file-unwritable', {
  detail: 'The vault cannot be written: no space left on device.',
  next: 'Make room.',
});

type Vault = ScratchOwner['stint']['vault'];

/** Does `what` before the vault's next write of a step, or of an entry with that name. */
function onNextWrite(vault: Vault, which: string | RegExp, what: () => Promise<unknown>): void {
  const write = vault.set.bind(vault);
  const spy = vi.spyOn(vault, 'set').mockImplementation(async (name, value) => {
    const isIt =
      typeof which === 'string' ? value.startsWith(`{"step":"${which}"`) : which.test(name);
    if (isIt) {
      spy.mockRestore();
      await what();
    }
    await write(name, value);
  });
}

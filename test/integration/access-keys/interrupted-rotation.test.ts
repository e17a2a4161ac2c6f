import { describe, expect, it } from 'vitest';
import type { RotationRecord } from '../../../src/services/access-keys/rotation-record.ts';
import { ownerWithUsers, short } from './owner-with-users.ts';

const { owner, addUser, ...seen } = ownerWithUsers();
const { keysOf, record, writeRecord, rotation, atAws, history } = seen;

describe('the next owner', () => {
  /** What a rotation leaves that was killed at `step`. */
  async function killedAt(step: RotationRecord['step']) {
    const { session, user } = await addUser();
    const old = await keysOf(session);
    const startedAt = Date.now();
    const made = await owner().cloud.createKey(user.arn);
    const keys = { oldKeys: old, newKeys: made };
    const records: Record<RotationRecord['step'], RotationRecord> = {
      creating: { step: 'creating', knownKeyIds: [old.accessKeyId] },
      trying: { step: 'trying', ...keys, createdAt: startedAt },
      deactivating: { step: 'deactivating', ...keys, createdAt: startedAt },
      undoing: { step: 'undoing', ...keys },
      waiting: { step: 'waiting', oldKeys: old },
    };
    await writeRecord(session, records[step]);
    await owner().stint.repository.changeRun(session.sessionId, (before) => ({
      ...before,
      keyRotation: { step: 'unfinished' as const, since: new Date(startedAt).toISOString() },
    }));
    return { session, old, made, arn: user.arn };
  }

  it.each(['trying', 'deactivating'] as const)('continues after a kill at: %s', async (step) => {
    const { session, old, made, arn } = await killedAt(step);
    await owner().stint.keyRotations.resume();
    expect(await atAws(arn)).toEqual([
      [old.accessKeyId, 'Inactive'],
      [made.accessKeyId, 'Active'],
    ]);
    expect((await keysOf(session)).accessKeyId).toBe(made.accessKeyId);
    expect(rotation(session)?.step).toBe('old-key-waiting');
  });

  it('undoes after a kill while it undid', async () => {
    const { session, old, arn } = await killedAt('undoing');
    await owner().stint.keyRotations.resume();
    expect(await atAws(arn)).toEqual([[old.accessKeyId, 'Active']]);
    expect((await keysOf(session)).accessKeyId).toBe(old.accessKeyId);
    expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
  });

  it('leaves a key that was made before the kill and it does not know, and names it', async () => {
    const { session, old, made, arn } = await killedAt('creating');
    await owner().stint.keyRotations.resume();
    expect(await atAws(arn)).toEqual([
      [old.accessKeyId, 'Active'],
      [made.accessKeyId, 'Active'],
    ]);
    expect(history(session).at(-1)).toMatchObject({
      kind: 'key-rotation-failed',
      message: expect.stringContaining(short(made.accessKeyId)) as string,
    });
    expect((await keysOf(session)).accessKeyId).toBe(old.accessKeyId);
    expect([rotation(session), await record(session)]).toEqual([undefined, undefined]);
  });

  it('shows the old key that waits after a kill before the workspace was written', async () => {
    const { session } = await killedAt('waiting');
    await owner().stint.keyRotations.resume();
    expect(rotation(session)?.step).toBe('old-key-waiting');
  });
});

import { shortKeyId } from '../../models/access-key.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { ConnectSts } from '../providers/sts.ts';
import { isRefusal, twoKeys } from './iam-problem.ts';
import type { MadeKey } from './iam.ts';
import type { RecordAt, RotationRecord } from './rotation-record.ts';
import {
  activeAgain,
  answerLost,
  leftBehind,
  nothingChanged,
  unfinished,
  unsure,
} from './rotation-problems.ts';
import { RotationState, type StateParts } from './rotation-state.ts';
import type { RotationWork } from './rotation-work.ts';
import { tryKey } from './try-key.ts';

export interface StepParts extends StateParts {
  readonly connectSts: ConnectSts;
}

/**
 * The steps of a rotation. Each is recorded in the vault before it begins; `proceed` continues from any of
 * them. What fails before the old key is deactivated is undone.
 */
export class RotationSteps {
  readonly #parts: StepParts;
  readonly #state: RotationState;

  constructor(parts: StepParts) {
    this.#parts = parts;
    this.#state = new RotationState(parts);
  }

  /**
   * Makes a key and continues to `old-key-waiting`. Throws Problem 'cloud-refused', 'cloud-unreachable',
   * 'file-unwritable' and what the session's provider and the vault throw.
   */
  async begin(work: RotationWork): Promise<void> {
    const { awsIamUser, records } = this.#parts;
    const { session } = work;
    const oldKeys = await awsIamUser.keys(session);
    const known = (await (await work.iam()).list()).map(({ accessKeyId }) => accessKeyId);
    if (known.length >= 2) throw twoKeys(session, { inUse: oldKeys.accessKeyId, ids: known });
    const creating: RecordAt<'creating'> = { step: 'creating', knownKeyIds: known };
    await this.#state.mark(session, { step: 'unfinished' });
    await records.write(session.sessionId, creating).catch(async (error: unknown) => {
      await this.#state.mark(session, undefined);
      throw nothingChanged(session, error);
    });
    const { keys: newKeys, createdAt } = await this.#create(work, creating);
    const trying: RecordAt<'trying'> = { step: 'trying', oldKeys, newKeys, createdAt };
    try {
      await records.write(session.sessionId, trying);
    } catch (error) {
      return await this.#undo(work, trying, error);
    }
    this.#state.note('key-created', work, `Access key ${shortKeyId(newKeys.accessKeyId)}`);
    await this.#try(work, trying);
  }

  /** Forgets a rotation of which the vault knows nothing. */
  async clear(session: AwsIamUserSession): Promise<void> {
    await this.#state.mark(session, undefined);
  }

  /** Continues where an earlier attempt ended. Throws like `begin`. */
  async proceed(work: RotationWork, record: RotationRecord): Promise<void> {
    switch (record.step) {
      case 'creating':
        await this.#nameLost(work, record);
        return;
      case 'trying':
        await this.#try(work, record);
        return;
      case 'deactivating':
        await this.#deactivate(work, record);
        return;
      case 'undoing':
        await this.#state.use(work.session, record.oldKeys);
        await (await work.iam()).delete(record.newKeys.accessKeyId);
        await this.#state.end(work.session);
        return;
      case 'waiting':
        await this.#state.markWaiting(work.session, record.oldKeys);
    }
  }

  /** Deletes the old key; `isAutomatic`: only if nobody has activated it again. Throws like `begin`. */
  async finish(
    work: RotationWork,
    { oldKeys }: RecordAt<'waiting'>,
    { isAutomatic = false } = {},
  ): Promise<void> {
    const iam = await work.iam();
    if (isAutomatic) {
      const old = (await iam.list()).find((key) => key.accessKeyId === oldKeys.accessKeyId);
      if (old?.isActive === true) throw activeAgain(work.session, oldKeys);
    }
    await iam.delete(oldKeys.accessKeyId);
    await this.#state.end(work.session);
    this.#state.note('key-deleted', work, `Access key ${shortKeyId(oldKeys.accessKeyId)}`);
  }

  async #create(work: RotationWork, creating: RecordAt<'creating'>): Promise<MadeKey> {
    const { session, signal } = work;
    try {
      return await (await work.iam()).create();
    } catch (error) {
      signal.throwIfAborted();
      if (isRefusal(error)) await this.#state.end(session);
      else await this.#nameLost(work, creating, error);
      throw nothingChanged(session, error);
    }
  }

  /**
   * Ends an attempt that may have made a key without Stint learning of it. Somebody else may have made a
   * key in the same moment, so none is deleted: throws `error`, if there is one, with the ids of those
   * that are new. The record stays while AWS cannot be asked.
   */
  async #nameLost(
    work: RotationWork,
    { knownKeyIds }: RecordAt<'creating'>,
    error?: unknown,
  ): Promise<void> {
    const { session, signal } = work;
    let unknown: readonly string[];
    try {
      const ids = (await (await work.iam()).list()).map(({ accessKeyId }) => accessKeyId);
      unknown = ids.filter((id) => !knownKeyIds.includes(id));
    } catch (left) {
      signal.throwIfAborted();
      throw error === undefined ? left : answerLost(session, undefined, error);
    }
    await this.#state.end(session);
    if (error !== undefined || unknown.length > 0) throw answerLost(session, unknown, error);
  }

  async #try(work: RotationWork, record: RecordAt<'trying'>): Promise<void> {
    const { connectSts, clock, records } = this.#parts;
    const { session, signal } = work;
    try {
      await tryKey(record.newKeys, session, { connectSts, clock, signal });
    } catch (error) {
      signal.throwIfAborted();
      return await this.#undo(work, record, error);
    }
    // While the sign-in made with the old key is still there.
    await work.iam();
    const next: RecordAt<'deactivating'> = { ...record, step: 'deactivating' };
    try {
      await records.write(session.sessionId, next);
    } catch (error) {
      return await this.#undo(work, record, error);
    }
    await this.#deactivate(work, next);
  }

  async #deactivate(work: RotationWork, record: RecordAt<'deactivating'>): Promise<void> {
    const { session } = work;
    const { oldKeys, newKeys, createdAt } = record;
    await this.#state.use(session, newKeys).catch((error: unknown) => {
      throw unfinished(session, error);
    });
    try {
      await (await work.iam()).deactivate(oldKeys.accessKeyId);
    } catch (error) {
      work.signal.throwIfAborted();
      if (await this.#isActive(work, record, error)) return await this.#undo(work, record, error);
    }
    const waiting = { step: 'waiting', oldKeys } as const;
    await this.#parts.records.write(session.sessionId, waiting).catch((error: unknown) => {
      throw unfinished(session, error);
    });
    this.#state.note('key-deactivated', work, `Access key ${shortKeyId(oldKeys.accessKeyId)}`);
    await this.#state.markWaiting(session, oldKeys, createdAt);
  }

  /** Whether the old key is still active after its deactivation failed with `error`. */
  async #isActive(
    work: RotationWork,
    { oldKeys, newKeys }: RecordAt<'deactivating'>,
    error: unknown,
  ): Promise<boolean> {
    try {
      // The old key itself is not known any more once it is inactive.
      const hasMfa = work.session.mfaSerial !== undefined;
      const iam = hasMfa ? await work.iam() : await work.connect(newKeys);
      const old = (await iam.list()).find((key) => key.accessKeyId === oldKeys.accessKeyId);
      return old?.isActive ?? false;
    } catch {
      work.signal.throwIfAborted();
      if (isRefusal(error)) return true;
      throw unsure(work.session, oldKeys, error);
    }
  }

  /** Returns to the old key and deletes the new one; throws `error` with what became of it. */
  async #undo(
    work: RotationWork,
    { step, oldKeys, newKeys }: RecordAt<'trying'> | RecordAt<'deactivating'>,
    error: unknown,
  ): Promise<never> {
    const { records } = this.#parts;
    const { session } = work;
    const undoing = { step: 'undoing', oldKeys, newKeys } as const;
    if (step === 'deactivating') {
      try {
        await records.write(session.sessionId, undoing);
        await this.#state.use(session, oldKeys);
      } catch {
        // The record decides which key is used, and it may still say the new one.
        throw unfinished(session, error);
      }
    }
    try {
      await (await work.iam()).delete(newKeys.accessKeyId);
    } catch (left) {
      work.signal.throwIfAborted();
      const isRetried = await records.write(session.sessionId, undoing).then(
        () => true,
        () => false,
      );
      throw leftBehind(session, error, left, { newKeys, isRetried });
    }
    // A record that stays leads the next attempt here again.
    await this.#state.end(session).catch(() => undefined);
    throw nothingChanged(session, error);
  }
}

import { shortKeyId, type KeyRotation } from '../../models/access-key.ts';
import type { AwsAccessKeys } from '../../models/credentials.ts';
import type { HistoryKind } from '../../models/history.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import type { History } from '../history/history.ts';
import type { AwsIamUserProvider } from '../providers/aws-iam-user.ts';
import type { SessionRepository } from '../sessions/session-repository.ts';
import type { RotationRecords } from './rotation-record.ts';
import { sameKeys, type RotationWork } from './rotation-work.ts';

export interface StateParts {
  readonly repository: SessionRepository;
  readonly records: RotationRecords;
  readonly awsIamUser: AwsIamUserProvider;
  /** Drops what other sessions obtained through the sign-in of this one. */
  readonly forgetDerived: (session: AwsIamUserSession) => Promise<void>;
  readonly history: History;
  readonly clock: Clock;
}

/** What the steps of a rotation change on this machine. Throws what the vault and the workspace throw. */
export class RotationState {
  readonly #parts: StateParts;

  constructor(parts: StateParts) {
    this.#parts = parts;
  }

  /** Nothing is left to do. */
  async end(session: AwsIamUserSession): Promise<void> {
    await this.#parts.records.remove(session.sessionId);
    await this.mark(session, undefined);
  }

  /** Makes `keys` those of the session; what was signed in with the others is dropped. */
  async use(session: AwsIamUserSession, keys: AwsAccessKeys): Promise<void> {
    const { awsIamUser, forgetDerived } = this.#parts;
    if (sameKeys(await awsIamUser.keys(session), keys)) return;
    await awsIamUser.setKeys(session.sessionId, keys);
    await forgetDerived(session);
  }

  async markWaiting(session: AwsIamUserSession, old: AwsAccessKeys, createdAt?: number) {
    const oldKey = shortKeyId(old.accessKeyId);
    await this.mark(session, { step: 'old-key-waiting', oldKey }, createdAt);
  }

  /** What the session says about its rotation; undefined: nothing. `createdAt`: of the key in use. */
  async mark(
    { sessionId }: AwsIamUserSession,
    rotation: Omit<KeyRotation, 'since'> | undefined,
    createdAt?: number,
  ): Promise<void> {
    const { repository, clock } = this.#parts;
    const since = toInstant(clock.now());
    await repository.changeRun(sessionId, (before) => {
      if (before.type !== 'awsIamUser') return before;
      const { keyRotation, ...rest } = before;
      if (rotation === undefined && keyRotation === undefined) return before;
      return {
        ...rest,
        ...(rotation === undefined ? {} : { keyRotation: { ...rotation, since } }),
        ...(createdAt === undefined ? {} : { keyCreatedAt: toInstant(createdAt) }),
      };
    });
  }

  note(kind: HistoryKind, { session, by }: RotationWork, message: string): void {
    const { sessionId, sessionName } = session;
    this.#parts.history.append({ kind, sessionId, sessionName, message, by });
  }
}

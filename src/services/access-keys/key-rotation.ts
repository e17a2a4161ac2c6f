import type { Prompt } from '../../models/prompt.ts';
import { Problem } from '../../models/problem.ts';
import type { AwsIamUserSession, Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import { CancelledError, KeyedMutex } from '../concurrency/keyed-mutex.ts';
import type { Log } from '../log/log.ts';
import type { PromptService } from '../prompts/prompt-service.ts';
import { retryDelay } from '../rotation/retry-delay.ts';
import { questionsAbout } from '../sessions/run-context.ts';
import { cancelled, failureText, personNeeded } from '../sessions/session-problems.ts';
import { answerTime } from '../sessions/run-context.ts';
import { finishedOrAsked, openPrompts } from '../sessions/start-outcome.ts';
import { publicView } from '../sessions/session-record.ts';
import { isClosedVault } from '../vault/vault-locked.ts';
import type { ConnectIam } from './iam.ts';
import { rotationConflict } from './rotation-problems.ts';
import type { Clock } from '../clock/clock.ts';
import { RotationSteps, type StepParts } from './rotation-steps.ts';
import { RotationWork, type Questions } from './rotation-work.ts';

const operation = 'rotate-keys';
const day = 24 * 3_600_000;

interface Parts extends StepParts {
  readonly connectIam: ConnectIam;
  readonly prompts: PromptService;
  /** Deadlines are counted by it. */
  readonly elapsed: Clock;
  readonly settings: () => Settings;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Throws Problem 'owner-ending'. */
  readonly admit: () => void;
}

export interface KeyRotationOutcome {
  readonly session: Session;
  /** Not empty: a person is needed, and the work continues once somebody answers. */
  readonly prompts: readonly Prompt[];
}

/** Replaces the access keys of IAM users, and deletes the old ones later. One operation at a time per session. */
export class KeyRotations {
  readonly #parts: Parts;
  readonly #steps: RotationSteps;
  readonly #operations = new KeyedMutex();
  #isStopped = false;
  /** Attempts that failed with nobody there, by session. */
  readonly #failed = new Map<string, { readonly failures: number; readonly nextAt: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#steps = new RotationSteps(parts);
  }

  /**
   * Replaces the keys, or continues with a rotation that was interrupted; up to the point where the old key
   * is deactivated or a person is needed. Throws Problem 'not-found', 'invalid-request',
   * 'session-archived', 'key-rotation-conflict', 'cloud-refused', 'cloud-unreachable', 'vault-locked' and
   * what the session's provider throws.
   */
  async rotate(sessionId: string, by: string): Promise<KeyRotationOutcome> {
    return await this.#outcome(sessionId, by, async (work) => {
      const { session } = work;
      const record = await this.#parts.records.read(session);
      if (record?.step === 'waiting') throw oldKeyWaiting(session);
      if (record !== undefined) await this.#steps.proceed(work, record);
      const left = await this.#parts.records.read(session);
      // What remained of an attempt without a new key is gone: this one makes one.
      if (left === undefined) await this.#steps.begin(work);
    });
  }

  /** Deletes the old key now. Throws like `rotate`. */
  async finish(sessionId: string, by: string): Promise<KeyRotationOutcome> {
    return await this.#outcome(sessionId, by, async (work) => {
      const record = await this.#parts.records.read(work.session);
      if (record?.step !== 'waiting') throw nothingToFinish(work.session);
      await this.#steps.finish(work, record);
    });
  }

  /** Continues what was interrupted, and deletes old keys that are due and still inactive. Asks nobody; never rejects. */
  async resume(): Promise<void> {
    const { repository, clock } = this.#parts;
    for (const session of repository.all()) {
      if (this.#isStopped) return;
      if (session.type !== 'awsIamUser' || !this.#isDue(session)) continue;
      if (this.#operations.isBusy(session.sessionId)) continue;
      if (clock.now() < (this.#failed.get(session.sessionId)?.nextAt ?? 0)) continue;
      await this.#resume(session);
    }
  }

  /** Cancels the operation of a session whose keys are replaced or removed, and resolves once it is over. */
  async cancel(sessionId: string, message: string): Promise<void> {
    this.#operations.cancel(sessionId, [operation], message);
    await this.#operations.run(sessionId, () => this.#parts.records.remove(sessionId));
  }

  /** Cancels every operation; the next owner continues. */
  stop(message: string): void {
    this.#isStopped = true;
    this.#operations.cancelAll([operation], message);
  }

  /** Resolves once no operation is under way. */
  async idle(): Promise<void> {
    await this.#operations.idle();
  }

  #isDue({ keyRotation }: AwsIamUserSession): boolean {
    if (keyRotation === undefined) return false;
    if (keyRotation.step === 'unfinished') return true;
    const days = this.#parts.settings().deleteOldKeyAfterDays;
    return (
      days !== undefined && this.#parts.clock.now() >= Date.parse(keyRotation.since) + days * day
    );
  }

  async #resume(before: AwsIamUserSession): Promise<void> {
    const { clock, log } = this.#parts;
    const { sessionId } = before;
    try {
      await this.#run(sessionId, 'stint', unattended(before, clock.now()), async (work) => {
        const record = await this.#parts.records.read(work.session);
        if (record === undefined) await this.#steps.clear(work.session);
        else if (record.step !== 'waiting' || work.session.keyRotation?.step === 'unfinished') {
          await this.#steps.proceed(work, record);
        } else await this.#steps.finish(work, record, { isAutomatic: true });
      });
      this.#failed.delete(sessionId);
    } catch (error) {
      if (error instanceof CancelledError || isClosedVault(error)) return;
      const failures = (this.#failed.get(sessionId)?.failures ?? 0) + 1;
      this.#failed.set(sessionId, { failures, nextAt: clock.now() + retryDelay(failures) });
      if (failures > 1) return;
      log.warn('key-rotation.failed', { sessionId, error });
      this.#noteFailure(before, error, 'stint');
    }
  }

  async #outcome(
    sessionId: string,
    by: string,
    operate: (work: RotationWork) => Promise<void>,
  ): Promise<KeyRotationOutcome> {
    const { prompts, log, repository, requireVault, admit } = this.#parts;
    const session = this.#iamUser(sessionId);
    admit();
    requireVault();
    if (this.#operations.isBusy(sessionId)) throw underWay(session);
    this.#failed.delete(sessionId);
    const work = this.#run(sessionId, by, undefined, operate).catch((error: unknown) => {
      log.warn('key-rotation.failed', { sessionId, error });
      if (error instanceof CancelledError) throw cancelled(session, error.message);
      if (!(error instanceof Problem) || error.code !== 'key-rotation-conflict') {
        this.#noteFailure(session, error, by);
      }
      throw error;
    });
    await finishedOrAsked(work, prompts, new Set([sessionId]));
    // Reported in the history where nobody waits for it any more.
    work.catch(() => undefined);
    return {
      session: publicView(repository.get(sessionId)),
      prompts: openPrompts(prompts, new Set([sessionId])),
    };
  }

  async #run(
    sessionId: string,
    by: string,
    questions: Questions | undefined,
    operate: (work: RotationWork) => Promise<void>,
  ): Promise<void> {
    const run = async (signal: AbortSignal) => {
      const session = this.#iamUser(sessionId);
      const work = new RotationWork(
        { session, by, signal },
        { ...this.#parts, questions: questions ?? this.#attended(session, signal) },
      );
      try {
        await operate(work);
      } finally {
        work.close();
      }
    };
    await this.#operations.run(sessionId, run, { name: operation });
  }

  #attended(session: AwsIamUserSession, signal: AbortSignal): Questions {
    const deadline = this.#parts.elapsed.now() + answerTime;
    return { deadline, ...questionsAbout(this.#parts, session, deadline, signal) };
  }

  #iamUser(sessionId: string): AwsIamUserSession {
    const session = this.#parts.repository.get(sessionId);
    const { sessionName } = session;
    if (session.type === 'awsIamUser' && session.archivedAt === undefined) return session;
    throw session.type === 'awsIamUser'
      ? new Problem('session-archived', {
          detail: `Session ${sessionName} is archived: its validity has ended.`,
          next: `Make it valid again: stint session edit ${sessionId} --unset valid-until`,
          sessionId,
        })
      : new Problem('invalid-request', {
          detail: `Session ${sessionName} has no access keys: only sessions of IAM users have.`,
          next: `For fresh credentials: stint rotate ${sessionId}`,
          sessionId,
        });
  }

  #noteFailure({ sessionId, sessionName }: Session, error: unknown, by: string): void {
    const message = failureText(error);
    this.#parts.history.append({
      kind: 'key-rotation-failed',
      sessionId,
      sessionName,
      message,
      by,
    });
  }
}

/** With nobody there, a code is taken from the session's own program or not at all. */
function unattended(session: AwsIamUserSession, deadline: number): Questions {
  const refuse = () => {
    throw personNeeded(session);
  };
  return { deadline, ask: () => Promise.reject(personNeeded(session)), open: refuse };
}

function oldKeyWaiting(session: AwsIamUserSession): Problem {
  const { sessionId, sessionName, keyRotation } = session;
  return rotationConflict(
    session,
    `The old access key ${keyRotation?.oldKey ?? ''} of session ${sessionName} is deactivated and still to be deleted.`,
    `Delete it first, once nothing else needs it: stint session rotate-keys ${sessionId} --finish`,
  );
}

function nothingToFinish(session: AwsIamUserSession): Problem {
  return rotationConflict(
    session,
    `Session ${session.sessionName} has no old access key to delete.`,
    `Replace its access key: stint session rotate-keys ${session.sessionId}`,
  );
}

function underWay(session: AwsIamUserSession): Problem {
  return rotationConflict(
    session,
    `The access key of session ${session.sessionName} is being rotated already.`,
    'Wait until that is done.',
  );
}

import type { AwsCredentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { isAwsSession, type AwsSession, type Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { Delivery, DeliveryTarget, Finding, Leftover } from '../delivery/delivery.ts';
import { OperationQueue } from './operation-queue.ts';

/** Deliveries that claim a profile: of two sessions on one, only the newer can be active. */
const claiming: ReadonlySet<string> = new Set(['credentials-file', 'credential-process']);

/** Finds the delivery a session asks for, and keeps work on one profile in single file. */
export class RunDelivery {
  readonly #credentialsFile: Delivery;
  readonly #settings: () => Settings;
  readonly #profiles = new OperationQueue();

  constructor(options: { readonly credentialsFile: Delivery; readonly settings: () => Settings }) {
    this.#credentialsFile = options.credentialsFile;
    this.#settings = options.settings;
  }

  /** Throws Problem 'type-unsupported' for deliveries this version does not have. */
  #of(session: Session): { delivery: Delivery; target: DeliveryTarget } {
    const kind = this.kindOf(session);
    if (!isAwsSession(session) || kind !== 'credentials-file') {
      throw new Problem('type-unsupported', {
        detail: `Session ${session.sessionName} asks for delivery ${kind}, which this version does not have yet.`,
        next: 'Use delivery credentials-file.',
        sessionId: session.sessionId,
      });
    }
    return { delivery: this.#credentialsFile, target: targetOf(session) };
  }

  kindOf(session: Session): string {
    return (
      session.delivery ?? (isAwsSession(session) ? this.#settings().defaultDelivery : 'azure-cli')
    );
  }

  /** Whether `a` and `b` cannot both be active. */
  rivals(a: Session, b: Session): boolean {
    return (
      a.sessionId !== b.sessionId &&
      isAwsSession(a) &&
      isAwsSession(b) &&
      a.profileName === b.profileName &&
      claiming.has(this.kindOf(a)) &&
      claiming.has(this.kindOf(b))
    );
  }

  /** Runs `work` while nobody else touches the session's profile. */
  async exclusively<T>(session: Session, work: () => Promise<T>): Promise<T> {
    const key = isAwsSession(session) ? session.profileName : session.sessionId;
    return await this.#profiles.run(key, 'deliver', work);
  }

  async prepare(
    session: Session,
    options: { replaceSection: boolean; supersedes: readonly string[] },
  ) {
    const { delivery, target } = this.#of(session);
    await delivery.prepare(target, options);
  }

  async deliver(
    session: Session,
    credentials: AwsCredentials,
    options: { replaceSection: boolean; supersedes: readonly string[] },
  ): Promise<void> {
    const { delivery, target } = this.#of(session);
    await delivery.deliver(target, credentials, options);
  }

  async inspect(
    session: Session,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const { delivery, target } = this.#of(session);
    return await delivery.inspect(target, callerEnvironment);
  }

  /** Whether what was delivered had to be put back because another program took it away. */
  async restore(session: Session, credentials: AwsCredentials): Promise<boolean> {
    const { delivery, target } = this.#of(session);
    if ((await delivery.check(target, credentials)) === 'intact') return false;
    await delivery.deliver(target, credentials, { replaceSection: false, supersedes: [] });
    return true;
  }

  async withdraw(session: Session): Promise<readonly Leftover[]> {
    return isAwsSession(session) ? await this.#credentialsFile.withdraw(targetOf(session)) : [];
  }

  async reconcile(activeSessionIds: ReadonlySet<string>): Promise<readonly Leftover[]> {
    return await this.#credentialsFile.reconcile(activeSessionIds);
  }
}

function targetOf({ sessionId, sessionName, profileName, region }: AwsSession): DeliveryTarget {
  return { sessionId, sessionName, profileName, region };
}

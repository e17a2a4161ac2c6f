import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AwsCredentials, AzureCredentials, Credentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { endpointUrlOf, type SessionFields } from '../../models/session-fields.ts';
import {
  isAwsSession,
  type AwsSession,
  type AzureSession,
  type Session,
} from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import type {
  AwsFileKind,
  Delivery,
  Finding,
  Leftover,
  ProfileTarget,
  SubscriptionTarget,
  WriteOptions,
} from './delivery.ts';
import { endpointOnly } from './endpoint-only.ts';
import type { Held } from './held.ts';
import { Leftovers } from './leftovers.ts';

/** Deliveries that claim a name: of two sessions with that name, only the newer can be active. */
const claiming: ReadonlySet<string> = new Set([
  'credentials-file',
  'credential-process',
  'azure-cli',
]);

interface Parts {
  readonly awsCredentials: Delivery<ProfileTarget, AwsCredentials>;
  readonly azureCli: Delivery<SubscriptionTarget, AzureCredentials>;
  readonly settings: () => Settings;
  /** The cloud of the session's integration. */
  readonly cloudOf: (session: Pick<AzureSession, 'integrationId'>) => AzureCloud;
}

/** A session's delivery, and what it has to know about the session. */
interface Route {
  readonly delivery: Delivery<unknown, Credentials>;
  readonly target: unknown;
}

/** Sends each session to its delivery, and serializes work on one profile or subscription. */
export class DeliveryRouter {
  readonly #parts: Parts;
  readonly #names = new KeyedMutex();
  readonly #leftovers = new Leftovers();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The delivery of a session: of its run, while it has one. */
  kindOf(session: Session): string {
    return session.run?.delivery ?? this.kindFor(session);
  }

  /**
   * The delivery that a session asks for, or the default: that of its next run. The Azure CLI's
   * files know no private cloud.
   */
  kindFor(session: Session | SessionFields): string {
    if (session.delivery !== undefined) return session.delivery;
    if (session.type !== 'azure') return this.#parts.settings().defaultDelivery;
    return this.#parts.cloudOf(session).name === 'custom' ? 'endpoint-only' : 'azure-cli';
  }

  /** Whether `a` and `b` cannot both be active. */
  conflicting(a: Session, b: Session): boolean {
    return (
      a.sessionId !== b.sessionId &&
      nameOf(a) === nameOf(b) &&
      claiming.has(this.kindOf(a)) &&
      claiming.has(this.kindOf(b))
    );
  }

  /** Whether the session's credentials are in the user's files while it is active. */
  usesFiles(session: Session): boolean {
    return this.kindOf(session) !== 'endpoint-only';
  }

  /** Runs `work` while nothing else touches the session's profile or subscription. */
  async withNameLock<T>(session: Session, work: () => Promise<T>): Promise<T> {
    return await this.#names.run(nameOf(session), work);
  }

  /** Throws Problem as `Delivery.prepare` does, and 'type-unsupported' for an unknown delivery. */
  async prepare(session: Session, options: WriteOptions): Promise<void> {
    const { delivery, target } = this.#routeOf(session);
    await delivery.prepare(target, options);
  }

  async inspect(
    session: Session,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    const { delivery, target } = this.#routeOf(session);
    return await delivery.inspect(target, callerEnvironment);
  }

  /** `credentials`: from the provider of the session's type. Throws Problem as `Delivery.write` does. */
  async write(session: Session, credentials: Credentials, options: WriteOptions): Promise<void> {
    const { delivery, target } = this.#routeOf(session);
    const left = await delivery.write(target, credentials, options);
    if (delivery !== endpointOnly) this.#note(session, left);
  }

  /** Writes again what another program removed or changed. Returns whether that was needed. */
  async restore(session: Session, credentials: Credentials): Promise<boolean> {
    const { delivery, target } = this.#routeOf(session);
    if ((await delivery.check(target, credentials)) === 'intact') return false;
    await this.write(session, credentials, { replaceSection: false, supersedes: [] });
    return true;
  }

  /** Removes also what an earlier delivery of the session wrote. */
  async remove(session: Session): Promise<readonly Leftover[]> {
    const left = isAwsSession(session)
      ? await this.#parts.awsCredentials.remove(profileOf(session, 'credentials'))
      : await this.#parts.azureCli.remove(this.#subscriptionOf(session));
    this.#note(session, left);
    return left;
  }

  /** As `Delivery.sweep` does, for every delivery. */
  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    const { awsCredentials, azureCli } = this.#parts;
    this.#leftovers.noteSweep('aws', await awsCredentials.sweep(isActive));
    this.#leftovers.noteSweep('azure', await azureCli.sweep(isActive));
    return this.leftovers();
  }

  /** As `Delivery.held` does, for every delivery. */
  async held(): Promise<readonly Held[]> {
    const { awsCredentials, azureCli } = this.#parts;
    return [...(await awsCredentials.held()), ...(await azureCli.held())];
  }

  /** What could not be removed or restored so far. */
  leftovers(): readonly Leftover[] {
    return this.#leftovers.all();
  }

  #note({ type, sessionId }: Session, left: readonly Leftover[]): void {
    this.#leftovers.noteSession(type === 'azure' ? 'azure' : 'aws', sessionId, left);
  }

  /** Throws Problem 'type-unsupported' for a delivery this version does not have. */
  #routeOf(session: Session): Route {
    const { awsCredentials, azureCli } = this.#parts;
    const kind = this.kindOf(session);
    if (kind === 'endpoint-only') return { delivery: endpointOnly, target: undefined };
    if (!isAwsSession(session)) {
      return { delivery: azureCli, target: this.#subscriptionOf(session) };
    }
    if (kind === 'credentials-file') {
      return { delivery: awsCredentials, target: profileOf(session, 'credentials') };
    }
    if (kind === 'credential-process') {
      return { delivery: awsCredentials, target: profileOf(session, 'config') };
    }
    throw new Problem('type-unsupported', {
      detail: `Session ${session.sessionName} runs with delivery ${kind}, which this version does not have.`,
      next: 'Stop it with the version of Stint that started it.',
      sessionId: session.sessionId,
    });
  }

  #subscriptionOf(session: AzureSession): SubscriptionTarget {
    const { sessionId, sessionName, tenantId, subscriptionId, subscriptionName } = session;
    const cloud = this.#parts.cloudOf(session);
    return { sessionId, sessionName, tenantId, subscriptionId, subscriptionName, cloud };
  }
}

function profileOf(session: AwsSession, kind: AwsFileKind): ProfileTarget {
  const { sessionId, sessionName, profileName, region } = session;
  return { kind, sessionId, sessionName, profileName, region, endpointUrl: endpointUrlOf(session) };
}

/** What tools know the session by. */
function nameOf(session: Session): string {
  return isAwsSession(session)
    ? `profile ${session.profileName}`
    : `subscription ${session.subscriptionId}`;
}

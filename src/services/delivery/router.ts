import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { AwsCredentials, AzureCredentials, Credentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import {
  isAwsSession,
  type AwsSession,
  type AzureSession,
  type Session,
} from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import type {
  Delivery,
  Finding,
  Leftover,
  ProfileTarget,
  SubscriptionTarget,
  WriteOptions,
} from './delivery.ts';
import { endpointOnly } from './endpoint-only.ts';

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

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The delivery a session asks for, or the default. The Azure CLI's files know no private cloud. */
  kindOf(session: Session | SessionFields): string {
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
    await delivery.write(target, credentials, options);
  }

  /** Writes again what another program removed or changed. Returns whether that was needed. */
  async restore(session: Session, credentials: Credentials): Promise<boolean> {
    const { delivery, target } = this.#routeOf(session);
    if ((await delivery.check(target, credentials)) === 'intact') return false;
    await delivery.write(target, credentials, { replaceSection: false, supersedes: [] });
    return true;
  }

  /** Removes also what an earlier delivery of the session wrote. */
  async remove(session: Session): Promise<readonly Leftover[]> {
    return isAwsSession(session)
      ? await this.#parts.awsCredentials.remove(profileOf(session))
      : await this.#parts.azureCli.remove(this.#subscriptionOf(session));
  }

  async sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]> {
    const { awsCredentials, azureCli } = this.#parts;
    return [...(await awsCredentials.sweep(isActive)), ...(await azureCli.sweep(isActive))];
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
      return { delivery: awsCredentials, target: profileOf(session) };
    }
    throw new Problem('type-unsupported', {
      detail: `Session ${session.sessionName} asks for delivery ${kind}, which this version does not have yet.`,
      next: 'Use delivery credentials-file or endpoint-only.',
      sessionId: session.sessionId,
    });
  }

  #subscriptionOf(session: AzureSession): SubscriptionTarget {
    const { sessionId, sessionName, tenantId, subscriptionId, subscriptionName } = session;
    const cloud = this.#parts.cloudOf(session);
    return { sessionId, sessionName, tenantId, subscriptionId, subscriptionName, cloud };
  }
}

function profileOf({ sessionId, sessionName, profileName, region }: AwsSession): ProfileTarget {
  return { sessionId, sessionName, profileName, region };
}

/** What tools know the session by. */
function nameOf(session: Session): string {
  return isAwsSession(session)
    ? `profile ${session.profileName}`
    : `subscription ${session.subscriptionId}`;
}

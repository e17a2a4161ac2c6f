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
import type {
  ClaimOptions,
  Delivery,
  Finding,
  Leftover,
  ProfileTarget,
  SubscriptionTarget,
} from './delivery.ts';
import { endpointOnly } from './endpoint-only.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';

/** Deliveries that claim a name: of two sessions that have it, only the newer can be active. */
const claiming: ReadonlySet<string> = new Set([
  'credentials-file',
  'credential-process',
  'azure-cli',
]);

interface Parts {
  readonly credentialsFile: Delivery<ProfileTarget, AwsCredentials>;
  readonly azureCli: Delivery<SubscriptionTarget, AzureCredentials>;
  readonly settings: () => Settings;
  /** The cloud of the session's integration. */
  readonly cloudOf: (session: Pick<AzureSession, 'integrationId'>) => AzureCloud;
}

/** A delivery with the session it is for. */
interface Bound {
  prepare(options: ClaimOptions): Promise<void>;
  inspect(callerEnvironment: readonly string[]): Promise<readonly Finding[]>;
  deliver(credentials: Credentials, options: ClaimOptions): Promise<void>;
  check(credentials: Credentials): Promise<'intact' | 'missing' | 'altered'>;
}

/** Finds the delivery a session asks for, and keeps work on one profile in single file. */
export class DeliveryRouter {
  readonly #parts: Parts;
  readonly #names = new KeyedMutex();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws Problem 'type-unsupported' for a delivery this version does not have. */
  #of(session: Session): Bound {
    const kind = this.kindOf(session);
    if (kind === 'endpoint-only') return bound(endpointOnly, undefined);
    if (!isAwsSession(session)) return bound(this.#parts.azureCli, this.#subscriptionOf(session));
    if (kind === 'credentials-file') {
      return bound(this.#parts.credentialsFile, profileOf(session));
    }
    throw new Problem('type-unsupported', {
      detail: `Session ${session.sessionName} asks for delivery ${kind}, which this version does not have yet.`,
      next: 'Use delivery credentials-file or endpoint-only.',
      sessionId: session.sessionId,
    });
  }

  /** What the session asks for, or the usual: the Azure CLI's files know no private cloud. */
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

  /** Runs `work` while nobody else touches what the session's tools know it by. */
  async exclusively<T>(session: Session, work: () => Promise<T>): Promise<T> {
    return await this.#names.run(nameOf(session), 'deliver', work);
  }

  async prepare(session: Session, options: ClaimOptions): Promise<void> {
    await this.#of(session).prepare(options);
  }

  async deliver(session: Session, credentials: Credentials, options: ClaimOptions): Promise<void> {
    await this.#of(session).deliver(credentials, options);
  }

  async inspect(
    session: Session,
    callerEnvironment: readonly string[],
  ): Promise<readonly Finding[]> {
    return await this.#of(session).inspect(callerEnvironment);
  }

  /** Whether what was delivered had to be put back because another program took it away. */
  async restore(session: Session, credentials: Credentials): Promise<boolean> {
    const delivery = this.#of(session);
    if ((await delivery.check(credentials)) === 'intact') return false;
    await delivery.deliver(credentials, { replaceSection: false, supersedes: [] });
    return true;
  }

  /** Whatever delivery it has by now: what an earlier one left goes as well. */
  async remove(session: Session): Promise<readonly Leftover[]> {
    return isAwsSession(session)
      ? await this.#parts.credentialsFile.remove(profileOf(session))
      : await this.#parts.azureCli.remove(this.#subscriptionOf(session));
  }

  async reconcile(activeSessionIds: ReadonlySet<string>): Promise<readonly Leftover[]> {
    const { credentialsFile, azureCli } = this.#parts;
    return [
      ...(await credentialsFile.reconcile(activeSessionIds)),
      ...(await azureCli.reconcile(activeSessionIds)),
    ];
  }

  #subscriptionOf(session: AzureSession): SubscriptionTarget {
    const { sessionId, sessionName, tenantId, subscriptionId, subscriptionName } = session;
    const cloud = this.#parts.cloudOf(session);
    return { sessionId, sessionName, tenantId, subscriptionId, subscriptionName, cloud };
  }
}

function bound<Target, C extends Credentials>(
  delivery: Delivery<Target, C>,
  target: Target,
): Bound {
  // The provider of a session's type gives the credentials that its deliveries take.
  return {
    prepare: (options) => delivery.prepare(target, options),
    inspect: (callerEnvironment) => delivery.inspect(target, callerEnvironment),
    deliver: (credentials, options) => delivery.deliver(target, credentials as C, options),
    check: (credentials) => delivery.check(target, credentials as C),
  };
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

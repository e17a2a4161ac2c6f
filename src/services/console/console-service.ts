import {
  consoleLoginUrl,
  consolePage,
  federationUrl,
  signinTokenSeconds,
} from '../../models/aws-console.ts';
import { sameAwsPartition } from '../../models/aws-region.ts';
import { portalPage, type AzureCloud } from '../../models/azure-cloud.ts';
import type { AwsCredentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { endpointUrlOf } from '../../models/session-fields.ts';
import type { AwsSession, AzureSession, Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import type { Leases } from '../leases/leases.ts';
import type { Network } from '../network/network.ts';
import { refuse } from '../validation/check.ts';
import { lengthRefusal } from './console-length.ts';
import { getSigninToken } from './signin-token.ts';

export interface ConsoleRequest {
  /** A service of AWS as in the console's addresses, such as `s3`. */
  readonly service?: string | undefined;
  /** Another region of the session's partition. */
  readonly region?: string | undefined;
  /** Of the console session, 900 to 43,200 seconds; as long as the credentials if omitted. */
  readonly durationSeconds?: number | undefined;
  readonly by: string;
}

export interface ConsoleAddress {
  /** A secret where `secret` says so: anyone who opens it is signed in. */
  readonly url: string;
  readonly secret: boolean;
  /** Until when the address can be opened. */
  readonly expiresAt?: string;
}

interface Parts {
  readonly find: (sessionId: string) => Session | undefined;
  /** Throws Problem 'not-found'. */
  readonly get: (sessionId: string) => Session;
  /** Throws Problem 'session-not-active', 'vault-locked'. */
  readonly credentials: (sessionId: string) => Promise<AwsCredentials>;
  readonly cloudOf: (session: AzureSession) => AzureCloud;
  readonly leases: Pick<Leases, 'during'>;
  readonly network: Network;
  readonly clock: Clock;
  /** Aborts when the owner ends. */
  readonly signal: AbortSignal;
}

/** Addresses of the clouds' web consoles. */
export class ConsoleService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * An address that opens the console of the session. For AWS the session has to be active, and the
   * answer has its own lease, which is over with it; Azure's portal has its own sign-in. Throws
   * Problem 'not-found', 'invalid-request', 'session-not-active', 'leases-used-up', 'cloud-refused',
   * 'cloud-unreachable', 'file-unreadable', 'vault-locked'.
   */
  async address(sessionId: string, request: ConsoleRequest): Promise<ConsoleAddress> {
    const session = this.#parts.get(sessionId);
    return session.type === 'azure'
      ? this.#portal(session, request)
      : await this.#console(session, request);
  }

  async #console(session: AwsSession, request: ConsoleRequest): Promise<ConsoleAddress> {
    const { network, clock, leases, signal, find } = this.#parts;
    const { service, region = session.region, durationSeconds, by } = request;
    refuseIamUser(session);
    if (!sameAwsPartition(region, session.region)) {
      const message = `must be a region of the partition of ${session.region}`;
      return refuse('console', [{ field: 'region', message }]);
    }
    const refused = durationSeconds === undefined ? undefined : lengthRefusal(session, find);
    if (refused !== undefined) {
      return refuse('console', [{ field: 'durationSeconds', message: refused }]);
    }
    const { awsSigninEndpointUrl, awsEndpointUrl } = network.settings();
    const own = endpointUrlOf(session) ?? awsSigninEndpointUrl ?? awsEndpointUrl;
    const federation =
      own === undefined ? federationUrl(region) : `${own.replace(/\/+$/, '')}/federation`;
    return await leases.during(session.sessionId, { kind: 'console', by }, async () => {
      const credentials = await this.#parts.credentials(session.sessionId);
      const token = await getSigninToken(
        network,
        federation,
        { session, credentials, durationSeconds },
        signal,
      );
      return {
        url: consoleLoginUrl(federation, { token, destination: consolePage(region, service) }),
        secret: true,
        expiresAt: toInstant(clock.now() + signinTokenSeconds * 1000),
      };
    });
  }

  #portal(session: AzureSession, request: ConsoleRequest): ConsoleAddress {
    const given = (['service', 'region', 'durationSeconds'] as const).filter(
      (name) => request[name] !== undefined,
    );
    if (given.length > 0) {
      const message = 'works with AWS sessions only';
      return refuse(
        'console',
        given.map((field) => ({ field, message })),
      );
    }
    const { azurePortalUrl } = this.#parts.network.settings();
    const portal = azurePortalUrl ?? this.#parts.cloudOf(session).portal;
    if (portal !== undefined) return { url: portalPage(portal, session), secret: false };
    throw new Problem('invalid-request', {
      detail: `Stint does not know where the portal of session ${session.sessionName} is: it belongs to a private cloud.`,
      next: 'Say where: stint settings set azure-portal-url https://…',
      sessionId: session.sessionId,
    });
  }
}

/** IAM User Guide, "Compare AWS STS credentials": GetSessionToken signs nobody in to the console. */
function refuseIamUser({ type, sessionId, sessionName }: AwsSession): void {
  if (type !== 'awsIamUser') return;
  throw new Problem('invalid-request', {
    detail: `Session ${sessionName} is an IAM user, and AWS opens the console for roles only: not with a user’s session token (GetSessionToken).`,
    next: `Open it with a role that the user may assume: stint session add awsIamRoleChained --parent-session-id ${sessionId} --role-arn ARN --role-session-name NAME --name NAME`,
    sessionId,
  });
}

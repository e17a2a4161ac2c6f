import { awsPartitionOf } from '../../models/aws-region.ts';
import { Problem } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';
import type { ServerTime } from '../clock/server-time.ts';
import { awsVariantSettings } from '../validation/aws-endpoints.ts';
import { awsRequestHandler, refuseUnreadable } from './aws-request-handler.ts';
import type { Network } from './network.ts';
import { withFewNetworkTries, type RetryStrategy } from './network-tries.ts';
import { routeTo } from './route.ts';

/** What an SDK client is made with: nothing of it is left to the environment or the user's files. */
export interface AwsClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly maxAttempts: number;
  /** By how much the service is ahead of this machine, in milliseconds: requests are signed by its clock. */
  readonly systemClockOffset?: number;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly requestHandler?: object;
}

/** As much of an SDK client as is needed, the same for every service. */
interface AnyClient {
  readonly middlewareStack: object;
  readonly config: {
    retryStrategy: () => Promise<unknown>;
    endpointProvider(parameters: { Region: string; UseFIPS: boolean; UseDualStack: boolean }): {
      readonly url: URL;
      readonly properties?: {
        readonly authSchemes?: readonly { readonly signingRegion?: string }[];
      };
    };
  };
  destroy(): void;
}

/** The endpoint setting of each service; `awsEndpointUrl` is for all. */
const endpointSettings = {
  sts: 'awsStsEndpointUrl',
  iam: 'awsIamEndpointUrl',
  sso: 'awsSsoEndpointUrl',
  ssoOidc: 'awsSsoOidcEndpointUrl',
} as const satisfies Record<string, keyof Settings>;
export type AwsService = keyof typeof endpointSettings;

/** A session that may name an endpoint. */
export interface EndpointSession {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly endpointUrl?: string | undefined;
}

/**
 * A client for a service at the endpoint of the session or the settings, else at the one of the region
 * by the SDK's own rules. `url`: that endpoint; `isOwn`: somebody named it. `time`: of the service.
 * Each client has its own sockets and
 * closes them. Throws Problem 'invalid-request' for settings that exclude each other,
 * 'file-unreadable' for certificates that cannot be read.
 */
export function connectAws<C extends AnyClient>(
  network: Network,
  create: (config: AwsClientConfig) => C,
  {
    service,
    region,
    session,
    attempts = 3,
  }: {
    readonly service: AwsService;
    readonly region: string;
    /** Whose own endpoint counts before the settings. */
    readonly session?: EndpointSession;
    readonly attempts?: number;
  },
): {
  readonly client: C;
  readonly url: string;
  readonly isOwn: boolean;
  readonly time: ServerTime;
} {
  const settings = network.settings();
  const own = ownEndpoint(service, settings, session);
  const regional = regionalEndpoint(create, region, own === undefined ? settings : {});
  const url = own ?? regional.url;
  const route = routeTo(url, settings, network.proxies);
  const time = network.times.of(awsTime(service, region));
  const client = create({
    // Said in any case: the SDK would look for a URL in the environment and in the user's files.
    ...withoutVariants(regional.signingRegion, attempts),
    endpoint: url,
    // The SDK corrects its clock by a second attempt, where there is one.
    ...(attempts === 1 ? { systemClockOffset: time.aheadOfMachine } : {}),
    requestHandler: awsRequestHandler(route, time),
  });
  const { retryStrategy } = client.config;
  client.config.retryStrategy = async () =>
    withFewNetworkTries((await retryStrategy()) as RetryStrategy);
  refuseUnreadable(client.middlewareStack, new URL(url).host);
  return { client, url, isOwn: own !== undefined, time };
}

/** By which name the time of a service is kept. */
export function awsTime(service: AwsService, region: string): string {
  return `${service} ${awsPartitionOf(region)}`;
}

const withoutVariants = (region: string, maxAttempts: number) => ({
  region,
  maxAttempts,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
});

/** AWS SDKs and Tools Reference Guide, "Dual-stack and FIPS endpoints": not with a URL of one's own. */
function ownEndpoint(
  service: AwsService,
  settings: Settings,
  session: EndpointSession | undefined,
): string | undefined {
  if (session?.endpointUrl !== undefined) return sessionEndpoint(session, settings);
  const setting = [endpointSettings[service], 'awsEndpointUrl' as const].find(
    (name) => settings[name] !== undefined,
  );
  if (setting === undefined) return undefined;
  const variant = awsVariantSettings.find((name) => settings[name]);
  if (variant === undefined) return settings[setting];
  throw new Problem('invalid-request', {
    detail: `The settings ${variant} and ${setting} exclude each other: an endpoint URL has no such variant.`,
    next: `Remove one: stint settings unset ${setting}, or stint settings set ${variant} false`,
  });
}

/** Throws Problem 'invalid-request'. */
function sessionEndpoint(
  { endpointUrl, sessionId, sessionName }: EndpointSession,
  settings: Settings,
): string | undefined {
  const variant = awsVariantSettings.find((name) => settings[name]);
  if (variant === undefined) return endpointUrl;
  throw new Problem('invalid-request', {
    detail: `The setting ${variant} and endpointUrl of session ${sessionName} exclude each other: an endpoint URL has no such variant.`,
    next: `Remove one: stint session edit ${sessionId} --unset endpoint-url, or stint settings set ${variant} false`,
    sessionId,
  });
}

function regionalEndpoint(
  create: (config: AwsClientConfig) => AnyClient,
  region: string,
  { awsUseFipsEndpoint = false, awsUseDualstackEndpoint = false }: Partial<Settings>,
): { readonly url: string; readonly signingRegion: string } {
  const rules = create(withoutVariants(region, 1));
  try {
    const { url, properties } = rules.config.endpointProvider({
      Region: region,
      UseFIPS: awsUseFipsEndpoint,
      UseDualStack: awsUseDualstackEndpoint,
    });
    // A service without regions, such as IAM, is signed for one region of the partition.
    const signingRegion = properties?.authSchemes?.[0]?.signingRegion ?? region;
    return { url: url.href, signingRegion };
  } catch (cause) {
    throw new Problem('invalid-request', {
      detail: `AWS has no such endpoint in region ${region}: ${(cause as Error).message}`,
      next: 'Change the settings awsUseFipsEndpoint and awsUseDualstackEndpoint, or the region.',
      cause,
    });
  } finally {
    rules.destroy();
  }
}

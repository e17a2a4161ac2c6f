import type * as Sts from '@aws-sdk/client-sts';
import { parseArn } from '../../models/arn.ts';
import type { AwsAccessKeys, AwsCredentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import type { ServerTime } from '../clock/server-time.ts';
import { observeServerTime } from '../network/observe-server-time.ts';
import { requestHandler, type Proxies } from '../network/request-handler.ts';
import type { IssuedCredentials } from './provider.ts';

/** AWS STS for one caller: its SDK module, and a client that signs with the caller's keys. */
export interface StsConnection {
  readonly sdk: typeof Sts;
  readonly client: Sts.STSClient;
  /** Named in messages. */
  readonly endpoint: string;
}

/** Without keys for calls that need none, such as AssumeRoleWithSAML. */
export type ConnectSts = (
  keys: AwsAccessKeys | AwsCredentials | undefined,
  region: string,
) => Promise<StsConnection>;

/** Never those of the environment, which the SDK would look for. */
const noKeys: AwsAccessKeys = { accessKeyId: '', secretAccessKey: '' };

/**
 * Connects to STS at the endpoint of the settings, else at the region's own. The profile and keys of
 * the environment are ignored. The `Date` of each answer shows how far the clocks differ.
 */
export function createStsConnector(options: {
  readonly settings: () => Settings;
  readonly serverTime: ServerTime;
  readonly proxies: Proxies;
}): ConnectSts {
  return async ({ accessKeyId, secretAccessKey, ...rest } = noKeys, region) => {
    const sdk = await import('@aws-sdk/client-sts');
    const { awsStsEndpointUrl, awsEndpointUrl } = options.settings();
    const endpoint = awsStsEndpointUrl ?? awsEndpointUrl;
    const client = new sdk.STSClient({
      region,
      credentials: {
        accessKeyId,
        secretAccessKey,
        ...('sessionToken' in rest ? { sessionToken: rest.sessionToken } : {}),
      },
      ...(endpoint === undefined ? {} : { endpoint }),
      maxAttempts: 3,
      requestHandler: requestHandler(options.settings(), options.proxies),
    });
    observeServerTime(client.middlewareStack, options.serverTime);
    return { sdk, client, endpoint: endpoint ?? `region ${region}` };
  };
}

/**
 * The credentials of an STS answer, and for how long they are valid from now on. `roleArn`: of the
 * role they belong to. Throws Problem 'cloud-refused' for an answer without credentials.
 */
export function issuedBy(
  answer: { readonly Credentials?: Sts.Credentials | undefined },
  clock: Clock,
  about: { readonly roleArn?: string; readonly roleSecondsGranted?: number | undefined } = {},
): IssuedCredentials {
  const credentials = credentialsOf(answer.Credentials);
  const left = (Date.parse(credentials.expiration) - clock.now()) / 1000;
  const accountId = about.roleArn === undefined ? undefined : parseArn(about.roleArn)?.accountId;
  return {
    credentials: { ...credentials, ...(accountId === undefined ? {} : { accountId }) },
    grantedSeconds: Math.max(0, Math.round(left)),
    ...(about.roleSecondsGranted === undefined
      ? {}
      : { roleSecondsGranted: about.roleSecondsGranted }),
  };
}

function credentialsOf(answer: Partial<Sts.Credentials> = {}): AwsCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer;
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
    throw new Problem('cloud-refused', { detail: 'AWS STS returned no credentials.' });
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration.toISOString(),
  };
}

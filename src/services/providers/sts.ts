import type * as Sts from '@aws-sdk/client-sts';
import { parseArn } from '../../models/arn.ts';
import {
  issuedKeysSchema,
  type AwsAccessKeys,
  type AwsCredentials,
} from '../../models/credentials.ts';
import type { Narrowing } from '../../models/narrowing.ts';
import type { Session } from '../../models/session.ts';
import type { ServerTime } from '../clock/server-time.ts';
import { requireUsable } from '../credentials/require-usable.ts';
import { connectAws, type EndpointSession } from '../network/aws-client.ts';
import type { Network } from '../network/network.ts';
import { unusable } from '../network/sdk-error.ts';
import type { IssuedCredentials } from './provider.ts';

/** AWS STS for one caller: its SDK module, and a client that signs with the caller's keys. */
export interface StsConnection {
  readonly sdk: typeof Sts;
  readonly client: Sts.STSClient;
  /** Named in messages. */
  readonly endpoint: string;
  readonly time: ServerTime;
}

/** `keys`: none for calls that need none, such as AssumeRoleWithSAML. `session`: for which one. */
export type ConnectSts = (
  keys: AwsAccessKeys | AwsCredentials | undefined,
  session: EndpointSession & { readonly region: string },
) => Promise<StsConnection>;

/** Never those of the environment, which the SDK would look for. */
const noKeys: AwsAccessKeys = { accessKeyId: '', secretAccessKey: '' };

/**
 * Connects to STS at the endpoint of the session or the settings, else at the region's own. The profile and keys of
 * the environment are ignored. The client throws like `connectAws`.
 */
export function createStsConnector(network: Network): ConnectSts {
  return async ({ accessKeyId, secretAccessKey, ...rest } = noKeys, session) => {
    const sdk = await import('@aws-sdk/client-sts');
    const credentials = {
      accessKeyId,
      secretAccessKey,
      ...('sessionToken' in rest ? { sessionToken: rest.sessionToken } : {}),
    };
    const { client, url, isOwn, time } = connectAws(
      network,
      (config) => new sdk.STSClient({ ...config, credentials }),
      { service: 'sts', region: session.region, session },
    );
    return { sdk, client, endpoint: isOwn ? url : `region ${session.region}`, time };
  };
}

/**
 * The credentials of an STS answer, and for how long they are valid from now on. `roleArn`: of the
 * role they belong to. Throws Problem 'cloud-refused' for an answer without credentials that can be
 * used.
 */
export function issuedBy(
  answer: { readonly Credentials?: Sts.Credentials | undefined },
  time: ServerTime,
  {
    session: { sessionId, sessionName },
    roleArn,
    roleSecondsGranted,
  }: {
    readonly session: Pick<Session, 'sessionId' | 'sessionName'>;
    readonly roleArn?: string;
    readonly roleSecondsGranted?: number | undefined;
  },
): IssuedCredentials {
  const about = { service: 'AWS STS', about: `session ${sessionName}`, sessionId };
  const credentials = credentialsOf(answer.Credentials);
  if (credentials === undefined)
    throw unusable({ why: 'it has no credentials that can be used' }, about);
  const { expiration, ...keys } = credentials;
  const now = time.now();
  requireUsable(expiration.getTime(), now, about);
  const accountId = roleArn === undefined ? undefined : parseArn(roleArn)?.accountId;
  return {
    credentials: {
      ...keys,
      expiration: expiration.toISOString(),
      ...(accountId === undefined ? {} : { accountId }),
    },
    grantedSeconds: Math.round((expiration.getTime() - now) / 1000),
    clockOffset: time.offset,
    ...(roleSecondsGranted === undefined ? {} : { roleSecondsGranted }),
  };
}

/** As AssumeRole, AssumeRoleWithSAML and GetFederationToken take them. */
export function sessionPolicies({ policyArns, policy }: Narrowing) {
  return {
    ...(policyArns === undefined ? {} : { PolicyArns: policyArns.map((arn) => ({ arn })) }),
    ...(policy === undefined ? {} : { Policy: policy }),
  };
}

function credentialsOf(answer: Partial<Sts.Credentials> = {}) {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration: expiration } = answer;
  const { success, data: keys } = issuedKeysSchema.safeParse({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  });
  return success && expiration !== undefined ? { ...keys, expiration } : undefined;
}

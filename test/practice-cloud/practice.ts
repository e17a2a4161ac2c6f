import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach } from 'vitest';
import { connectAdmin, type AdminClient } from '../../practice-cloud/admin-client.ts';
import type { AzureEndpoints } from '../../practice-cloud/azure.ts';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';

export const accountId = '447109328810';

/** Keys as the admin client and STS itself hand them out. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface Practice {
  readonly endpoint: string;
  readonly iamEndpoint: string;
  readonly adminEndpoint: string;
  /** Of Identity Center. */
  readonly ssoEndpoint: string;
  readonly signinEndpoint: string;
  /** Entra ID, Resource Manager, the proxy and the CA. */
  readonly azure: AzureEndpoints;
  readonly admin: AdminClient;
  /** The real AWS SDK against this practice cloud, without retries unless asked. */
  sts(keys: Keys, options?: { readonly region?: string; readonly maxAttempts?: number }): STSClient;
}

/** A fresh practice cloud for each test of the file. */
export function practiceForEachTest(): Practice {
  let cloud: PracticeCloud | undefined;
  let admin: AdminClient | undefined;
  const clients: STSClient[] = [];
  beforeEach(async () => {
    cloud = await startPracticeCloud();
    admin = connectAdmin(cloud);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await cloud?.close();
  });

  function running(): PracticeCloud {
    if (cloud === undefined) throw new Error('The practice cloud runs only inside a test.');
    return cloud;
  }

  return {
    get endpoint() {
      return running().stsEndpoint;
    },
    get iamEndpoint() {
      return running().iamEndpoint;
    },
    get ssoEndpoint() {
      return running().ssoEndpoint;
    },
    get signinEndpoint() {
      return running().signinEndpoint;
    },
    get adminEndpoint() {
      return running().adminEndpoint;
    },
    get azure() {
      return running();
    },
    get admin() {
      return admin ?? connectAdmin(running());
    },
    sts({ accessKeyId, secretAccessKey, sessionToken }, options = {}) {
      const client = new STSClient({
        endpoint: running().stsEndpoint,
        region: options.region ?? 'eu-west-1',
        maxAttempts: options.maxAttempts ?? 1,
        credentials: {
          accessKeyId,
          secretAccessKey,
          ...(sessionToken === undefined ? {} : { sessionToken }),
        },
      });
      clients.push(client);
      return client;
    },
  };
}

/** Credentials out of an answer of STS. */
export function keysOf(answer: {
  readonly Credentials?:
    | {
        readonly AccessKeyId: string | undefined;
        readonly SecretAccessKey: string | undefined;
        readonly SessionToken: string | undefined;
      }
    | undefined;
}): Keys {
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials ?? {};
  return {
    accessKeyId: String(AccessKeyId),
    secretAccessKey: String(SecretAccessKey),
    sessionToken: SessionToken,
  };
}

/** What a refusal says: AWS's code, message and HTTP status. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string; readonly status: number }> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    return { code: name, message, status: $metadata?.httpStatusCode ?? 0 };
  }
  throw new Error('It was not refused.');
}

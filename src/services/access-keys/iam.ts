import type * as Iam from '@aws-sdk/client-iam';
import {
  issuedKeysSchema,
  type AwsAccessKeys,
  type AwsCredentials,
} from '../../models/credentials.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { ServerTime } from '../clock/server-time.ts';
import { connectAws } from '../network/aws-client.ts';
import type { Network } from '../network/network.ts';
import { nameOf, unusable } from '../network/sdk-error.ts';
import { iamProblem, type IamAction } from './iam-problem.ts';

const madeKeysSchema = issuedKeysSchema.omit({ sessionToken: true });

export interface ListedKey {
  readonly accessKeyId: string;
  /** Milliseconds since the epoch, by the clock of IAM. */
  readonly createdAt: number | undefined;
  readonly isActive: boolean;
}

export interface MadeKey {
  readonly keys: AwsAccessKeys;
  /** Milliseconds since the epoch, by the clock of IAM. */
  readonly createdAt: number;
}

/**
 * The access keys of the user who signs (IAM API Reference: without UserName, the user of the key). Every
 * call throws Problem 'cloud-refused', 'cloud-unreachable', and the signal's reason.
 */
export interface UserKeys {
  list(): Promise<readonly ListedKey[]>;
  /** Is sent once: a second request would make a second key. */
  create(): Promise<MadeKey>;
  deactivate(accessKeyId: string): Promise<void>;
  /** Deleting a key that is gone is not a failure. */
  delete(accessKeyId: string): Promise<void>;
  readonly time: ServerTime;
  close(): void;
}

export type ConnectIam = (
  signer: AwsAccessKeys | AwsCredentials,
  session: AwsIamUserSession,
  signal: AbortSignal,
) => Promise<UserKeys>;

/** Connects to IAM of the session's partition, at the endpoint of the session or the settings if one is set. */
export function createIamConnector(network: Network): ConnectIam {
  return async (signer, session, signal) => {
    const sdk = await import('@aws-sdk/client-iam');
    const connect = (attempts: number) =>
      connectAws(
        network,
        (config) => new sdk.IAMClient({ ...config, credentials: credentialsOf(signer) }),
        { service: 'iam', region: session.region, session, attempts },
      );
    const often = connect(3);
    const inUse = 'sessionToken' in signer ? undefined : signer.accessKeyId;
    const endpoint = often.isOwn ? ` at ${often.url}` : '';
    const ask = async <T>(action: IamAction, call: () => Promise<T>): Promise<T> => {
      try {
        return await call();
      } catch (error) {
        signal.throwIfAborted();
        throw iamProblem(error, { action, session, endpoint, inUse });
      }
    };
    const options = { abortSignal: signal };
    return {
      time: often.time,
      list: () =>
        ask('ListAccessKeys', async () => {
          // Two keys at most: there is no second page.
          const answer = await often.client.send(new sdk.ListAccessKeysCommand({}), options);
          return (answer.AccessKeyMetadata ?? []).flatMap(listedKey);
        }),
      create: () =>
        ask('CreateAccessKey', async () => {
          // Now, after the list of the keys: by then the clock of IAM is known, by which it is signed.
          const { client } = connect(1);
          try {
            const answer = await client.send(new sdk.CreateAccessKeyCommand({}), options);
            const made = madeKey(answer.AccessKey, often.time);
            if (made !== undefined) return made;
          } finally {
            client.destroy();
          }
          const { sessionId, sessionName } = session;
          const about = { service: 'AWS IAM', about: `session ${sessionName}`, sessionId };
          throw unusable({ why: 'it has no access key' }, about);
        }),
      deactivate: (AccessKeyId) =>
        ask('UpdateAccessKey', async () => {
          const change = { AccessKeyId, Status: 'Inactive' } as const;
          await often.client.send(new sdk.UpdateAccessKeyCommand(change), options);
        }),
      delete: (AccessKeyId) =>
        ask('DeleteAccessKey', async () => {
          try {
            await often.client.send(new sdk.DeleteAccessKeyCommand({ AccessKeyId }), options);
          } catch (error) {
            if (!isGone(error)) throw error;
          }
        }),
      close() {
        often.client.destroy();
      },
    };
  };
}

function credentialsOf({ accessKeyId, secretAccessKey, ...rest }: AwsAccessKeys | AwsCredentials) {
  return {
    accessKeyId,
    secretAccessKey,
    ...('sessionToken' in rest ? { sessionToken: rest.sessionToken } : {}),
  };
}

/** IAM API Reference "DeleteAccessKey": NoSuchEntity; the SDK adds "Exception" to the name. */
function isGone(error: unknown): boolean {
  return ['NoSuchEntity', 'NoSuchEntityException'].includes(nameOf(error));
}

function listedKey({ AccessKeyId, CreateDate, Status }: Iam.AccessKeyMetadata): ListedKey[] {
  // IAM API Reference, "AccessKey": no other ids are there to be named or deleted.
  if (AccessKeyId === undefined || !/^\w{1,128}$/.test(AccessKeyId)) return [];
  return [
    {
      accessKeyId: AccessKeyId,
      createdAt: CreateDate?.getTime(),
      isActive: Status === 'Active',
    },
  ];
}

function madeKey(answer: Partial<Iam.AccessKey> = {}, time: ServerTime): MadeKey | undefined {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, CreateDate } = answer;
  const { success, data: keys } = madeKeysSchema.safeParse({ accessKeyId, secretAccessKey });
  if (!success) return undefined;
  return {
    keys,
    createdAt: CreateDate?.getTime() ?? time.now(),
  };
}

import type { AwsAccessKeys } from '../../models/credentials.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { AwsIamUserProvider } from '../providers/aws-iam-user.ts';
import type { ProviderRequest } from '../providers/provider.ts';
import type { ConnectIam, UserKeys } from './iam.ts';

/** How a person is asked for an MFA code, and until when. */
export type Questions = Pick<ProviderRequest<AwsIamUserSession>, 'ask' | 'open' | 'deadline'>;

/** One attempt to rotate or delete keys: for whom, and with which connections. */
export class RotationWork {
  readonly session: AwsIamUserSession;
  /** For the history. */
  readonly by: string;
  readonly signal: AbortSignal;
  readonly #parts: {
    readonly awsIamUser: AwsIamUserProvider;
    readonly connectIam: ConnectIam;
    readonly questions: Questions;
  };
  #own: UserKeys | undefined;
  readonly #open: UserKeys[] = [];

  constructor(
    about: Pick<RotationWork, 'session' | 'by' | 'signal'>,
    parts: {
      readonly awsIamUser: AwsIamUserProvider;
      readonly connectIam: ConnectIam;
      readonly questions: Questions;
    },
  ) {
    this.session = about.session;
    this.by = about.by;
    this.signal = about.signal;
    this.#parts = parts;
  }

  /**
   * IAM, signed with what the session had when this was first called: its keys, or with an MFA device its
   * session token (STS API Reference "GetSessionToken": without MFA a token calls no IAM action). May ask
   * a person. Throws like the session's provider.
   */
  async iam(): Promise<UserKeys> {
    this.#own ??= await this.connect(await this.#signer());
    return this.#own;
  }

  /** IAM, signed with `keys`. */
  async connect(keys: Parameters<ConnectIam>[0]): Promise<UserKeys> {
    const connection = await this.#parts.connectIam(keys, this.session, this.signal);
    this.#open.push(connection);
    return connection;
  }

  close(): void {
    for (const connection of this.#open) connection.close();
  }

  async #signer(): Promise<Parameters<ConnectIam>[0]> {
    const { awsIamUser, questions } = this.#parts;
    const { session, signal } = this;
    if (session.mfaSerial === undefined) return await awsIamUser.keys(session);
    const issued = await awsIamUser.obtain({ session, signal, fresh: false, ...questions });
    return issued.credentials;
  }
}

export function sameKeys(one: AwsAccessKeys, other: AwsAccessKeys): boolean {
  return one.accessKeyId === other.accessKeyId && one.secretAccessKey === other.secretAccessKey;
}

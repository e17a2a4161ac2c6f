import type { AwsAccessKeys, AwsCredentials, Credentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { SessionFields, SessionSecrets } from '../../models/session-fields.ts';
import {
  isAwsSession,
  type AwsIamUserSession,
  type AwsSession,
  type AzureSession,
  type Session,
} from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { Log } from '../log/log.ts';
import { cleanText } from '../network/provider-text.ts';
import type { AwsIamUserProvider } from '../providers/aws-iam-user.ts';
import type { CredentialProvider } from '../providers/provider.ts';
import { issuedBy, type ConnectSts, type StsConnection } from '../providers/sts.ts';
import { stsProblem } from '../providers/sts-problem.ts';
import { providerFor, type Providers } from '../providers/providers.ts';
import { newSession, withFields } from './session-record.ts';
import type { SessionRepository } from './session-repository.ts';

/** How long a test may take, in milliseconds: nobody is asked, so only the cloud is waited for. */
const longest = 30_000;

/** What AWS or Azure answered. */
interface TrialResult {
  /** Who the cloud says the session is: an ARN, or the account that is signed in to Azure. */
  readonly identity: string;
  /** The AWS account, or the subscription. */
  readonly account: string;
  /** A start asks for an MFA code as well, which the test does without. */
  readonly mfaUntested: boolean;
}

interface Parts {
  readonly repository: SessionRepository;
  readonly providers: Providers;
  readonly awsIamUser: AwsIamUserProvider;
  readonly connectSts: ConnectSts;
  /** Throws Problem for a subscription that the account may not read. */
  readonly readSubscription: (session: AzureSession, signal: AbortSignal) => Promise<void>;
  /** As for a session that is saved. Throws Problem 'invalid-request'. */
  readonly check: (
    fields: SessionFields,
    context: {
      readonly sessionId?: string | undefined;
      readonly type?: Session['type'] | undefined;
      readonly secrets?: SessionSecrets | undefined;
    },
  ) => SessionFields;
  readonly clock: Clock;
  /** A draft's keys never were in the vault, which hides all it holds from the log. */
  readonly log: Pick<Log, 'hide'>;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
  /** Aborts when the owner ends. */
  readonly signal: AbortSignal;
}

/**
 * Tries a session before it is saved: real credentials are obtained, the cloud is asked whose they
 * are, and they are dropped. Nothing is kept, delivered, or noted in the history.
 */
export class SessionTrials {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * `sessionId`: the saved session that is edited; keys that are not sent are its own. Asks nobody.
   * Throws Problem 'invalid-request', 'not-found', 'person-needed', 'secret-missing',
   * 'dependency-missing', 'cloud-refused', 'cloud-unreachable', 'vault-locked'.
   */
  async run(request: {
    readonly fields: SessionFields;
    readonly secrets?: SessionSecrets | undefined;
    readonly sessionId?: string | undefined;
  }): Promise<TrialResult> {
    const { repository, clock, check, log, requireVault, signal } = this.#parts;
    requireVault();
    const { sessionId, secrets } = request;
    if (secrets !== undefined) log.hide(secrets.secretAccessKey);
    const before = sessionId === undefined ? undefined : repository.get(sessionId);
    const fields = check(request.fields, { sessionId, type: before?.type, secrets });
    const sessions = repository.all();
    const draft =
      before === undefined
        ? newSession(fields, { sessions, now: clock.now() })
        : withFields(before, fields, sessions);
    const ending = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
    try {
      return isAwsSession(draft)
        ? await this.#aws(draft, secrets, ending)
        : await this.#azure(draft, ending);
    } catch (error) {
      throw sessionId === undefined ? ofDraft(error, draft) : error;
    }
  }

  async #aws(
    draft: AwsSession,
    secrets: SessionSecrets | undefined,
    signal: AbortSignal,
  ): Promise<TrialResult> {
    if (draft.type !== 'awsIamUser') {
      const provider = providerFor(this.#parts.providers, draft);
      return await this.#identityOf(draft, await this.#obtained(provider, draft, signal), signal);
    }
    const keys = secrets ?? (await this.#parts.awsIamUser.keys(draft));
    // Without a code STS issues no session token here, but it says whose the keys are.
    if (draft.mfaSerial !== undefined) {
      return { ...(await this.#identityOf(draft, keys, signal)), mfaUntested: true };
    }
    return await this.#identityOf(draft, await this.#sessionToken(draft, keys, signal), signal);
  }

  async #azure(draft: AzureSession, signal: AbortSignal): Promise<TrialResult> {
    const { azure } = this.#parts.providers;
    const { account } = await this.#obtained(azure, draft, signal);
    await this.#parts.readSubscription(draft, signal);
    return { identity: account.username, account: draft.subscriptionId, mfaUntested: false };
  }

  /** From the provider of its type, with nobody there. */
  async #obtained<S extends Session, C extends Credentials>(
    provider: CredentialProvider<S, C>,
    draft: S,
    signal: AbortSignal,
  ): Promise<C> {
    if (!provider.unattended(draft)) throw needsPerson(draft);
    const { credentials } = await provider.obtain({
      session: draft,
      fresh: false,
      unattended: true,
      signal,
      deadline: this.#parts.clock.now() + longest,
      ask: () => Promise.reject(needsPerson(draft)),
      open: () => {
        throw needsPerson(draft);
      },
    });
    return credentials;
  }

  async #sessionToken(
    draft: AwsIamUserSession,
    keys: AwsAccessKeys,
    signal: AbortSignal,
  ): Promise<AwsCredentials> {
    return await this.#asking(keys, draft, signal, async ({ sdk, client, time }) => {
      const command = new sdk.GetSessionTokenCommand({
        ...(draft.tokenSeconds === undefined ? {} : { DurationSeconds: draft.tokenSeconds }),
      });
      const answer = await client.send(command, { abortSignal: signal });
      return issuedBy(answer, time, { session: draft }).credentials;
    });
  }

  /** GetCallerIdentity needs no permission (STS API Reference). */
  async #identityOf(
    draft: AwsSession,
    keys: AwsAccessKeys | AwsCredentials,
    signal: AbortSignal,
  ): Promise<TrialResult> {
    return await this.#asking(keys, draft, signal, async ({ sdk, client }) => {
      const { Arn, Account } = await client.send(new sdk.GetCallerIdentityCommand({}), {
        abortSignal: signal,
      });
      return {
        identity: cleanText(Arn) ?? '',
        account: cleanText(Account) ?? '',
        mfaUntested: false,
      };
    });
  }

  async #asking<T>(
    keys: AwsAccessKeys | AwsCredentials,
    draft: AwsSession,
    signal: AbortSignal,
    ask: (connection: StsConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#parts.connectSts(keys, draft);
    try {
      return await ask(connection);
    } catch (error) {
      signal.throwIfAborted();
      throw stsProblem(error, draft, connection.endpoint);
    } finally {
      connection.client.destroy();
    }
  }
}

function needsPerson({ sessionName }: Session): Problem {
  return new Problem('person-needed', {
    detail: `Session ${sessionName} cannot be tested without a sign-in.`,
    next: 'Sign in first, or save the session and start it: Stint then asks.',
  });
}

/** The draft has no id yet that a command could name. */
function ofDraft(error: unknown, { sessionId }: Session): unknown {
  if (!(error instanceof Problem) || error.details.sessionId !== sessionId) return error;
  const { detail, next, errors } = error.details;
  return new Problem(error.code, {
    detail,
    next: next.includes(sessionId) ? 'Correct the fields of the session and test it again.' : next,
    ...(errors === undefined ? {} : { errors }),
    cause: error,
  });
}

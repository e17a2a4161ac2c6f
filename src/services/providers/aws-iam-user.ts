import * as z from 'zod';
import {
  awsAccessKeysSchema,
  awsCredentialsSchema,
  type AwsAccessKeys,
} from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { renewalMargin } from '../../models/renewal.ts';
import type { SessionSecrets } from '../../models/session-fields.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { Narrowing } from '../../models/narrowing.ts';
import type { Clock } from '../clock/clock.ts';
import { CredentialCache } from '../credentials/credential-cache.ts';
import { expiryText } from '../credentials/expiry-text.ts';
import type { Explain } from '../log/log.ts';
import { readCached, readSecret } from '../vault/read-secret.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import { mfaQuestion, withMfaCode } from './mfa.ts';
import { createMfaCommands } from './mfa-command.ts';
import type { CredentialProvider, IssuedCredentials, ProviderRequest } from './provider.ts';
import { issuedBy, sessionPolicies, type ConnectSts } from './sts.ts';
import { stsProblem } from './sts-problem.ts';

/** GetSessionToken DurationSeconds for an IAM user, STS API Reference: the service's own default. */
const defaultTokenSeconds = 43_200;

const keysName = (sessionId: string) => `aws-iam-user/${sessionId}/keys`;
const tokenName = (sessionId: string) => `aws-iam-user/${sessionId}/token`;

/** A session token kept so that the next start asks nothing; void once keys or device change. */
const keptTokenSchema = z.object({
  credentials: awsCredentialsSchema,
  grantedSeconds: z.number(),
  madeWith: z.object({ accessKeyId: z.string(), mfaSerial: z.string().optional() }),
});
type KeptToken = z.infer<typeof keptTokenSchema>;

export interface AwsIamUserProvider extends CredentialProvider<AwsIamUserSession> {
  setKeys(sessionId: string, keys: SessionSecrets): Promise<void>;
  /** The user's long-term keys. Throws Problem 'secret-missing', 'secret-unreadable', 'vault-locked'. */
  keys(session: AwsIamUserSession): Promise<AwsAccessKeys>;
  /** Whether its keys are known to be missing. */
  lacksKeys(sessionId: string): boolean;
  /** The id of its access key; undefined if it has no usable ones. Throws Problem 'vault-locked'. */
  accessKeyId(sessionId: string): Promise<string | undefined>;
  dropSecrets(session: Pick<AwsIamUserSession, 'sessionId'>): Promise<void>;
}

/** GetSessionToken with the user's long-term keys, with MFA where a device is set. */
export function createAwsIamUserProvider(options: {
  readonly secrets: SecretStore;
  readonly connectSts: ConnectSts;
  /** The time at AWS STS in a region. */
  readonly timeIn: (region: string) => Clock;
  readonly log: Explain;
}): AwsIamUserProvider {
  const { secrets, connectSts, timeIn, log } = options;

  const tokens = new CredentialCache<KeptToken>({
    store: {
      read: (sessionId) => readCached(secrets, tokenName(sessionId), keptTokenSchema),
      write: (sessionId, token) => secrets.set(tokenName(sessionId), JSON.stringify(token)),
      remove: (sessionId) => secrets.delete(tokenName(sessionId)),
    },
    inMemory: false,
    // The caller keeps the credentials in the vault next, in the same write (decision 51).
    waitsForStore: false,
  });

  const isMadeWith = ({ madeWith }: KeptToken, session: AwsIamUserSession, keys: AwsAccessKeys) =>
    madeWith.accessKeyId === keys.accessKeyId && madeWith.mfaSerial === session.mfaSerial;

  function isUsable(token: KeptToken, session: AwsIamUserSession, keys: AwsAccessKeys): boolean {
    const left = (Date.parse(token.credentials.expiration) - timeIn(session.region).now()) / 1000;
    return isMadeWith(token, session, keys) && left > renewalMargin(token.grantedSeconds);
  }

  /** Why the kept token is used, or a new one is needed. `kept` is undefined if none was read. */
  function explain(
    { session, fresh }: ProviderRequest<AwsIamUserSession>,
    keys: AwsAccessKeys,
    kept: KeptToken | undefined,
  ): void {
    const { sessionId, sessionName } = session;
    const asks = 'Asking AWS for a new one.';
    const say = (reason: string) => log.explain(reason, { sessionId });
    if (fresh) say(`A rotation replaces the session token of ${sessionName}. ${asks}`);
    else if (kept === undefined)
      say(`Stint has no session token of ${sessionName}. Asking AWS for one.`);
    else if (!isMadeWith(kept, session, keys)) {
      say(`The session token of ${sessionName} is of other keys or another MFA device. ${asks}`);
    } else {
      const expiry = expiryText(
        Date.parse(kept.credentials.expiration),
        timeIn(session.region).now(),
      );
      const end = isUsable(kept, session, keys) ? 'Using it.' : asks;
      say(`The session token of ${sessionName} ${expiry}. ${end}`);
    }
  }

  const commands = createMfaCommands(secrets);

  /** Runs the session's own program once; if it prints no code, asks a person. */
  async function mfaCode(
    request: ProviderRequest<AwsIamUserSession>,
    device: string,
    attempt: number,
  ): Promise<string> {
    const commanded = attempt === 1 ? await commands.code(request) : undefined;
    if (commanded !== undefined && 'code' in commanded) return commanded.code;
    const { sessionId, sessionName } = request.session;
    log.explain(`AWS issues a session token of ${sessionName} only with an MFA code.`, {
      sessionId,
    });
    const question = mfaQuestion(sessionName, device, { attempt });
    if (commanded === undefined) return await request.ask(question);
    const why = `Its mfaCommand printed no code: ${commanded.failure}.`;
    return await request.ask({ ...question, text: `${question.text}. ${why}` });
  }

  async function getSessionToken(
    request: ProviderRequest<AwsIamUserSession>,
    keys: AwsAccessKeys,
  ): Promise<IssuedCredentials> {
    const { session, signal } = request;
    const { sdk, client, endpoint, time } = await connectSts(keys, session);
    try {
      const device = session.mfaSerial;
      const answer = await withMfaCode(
        device,
        (attempt) => mfaCode(request, device ?? '', attempt),
        (mfa) =>
          client.send(
            new sdk.GetSessionTokenCommand({
              DurationSeconds: session.tokenSeconds ?? defaultTokenSeconds,
              ...mfa,
            }),
            { abortSignal: signal },
          ),
      );
      return issuedBy(answer, time, { session });
    } catch (error) {
      signal.throwIfAborted();
      throw stsProblem(error, session, endpoint);
    } finally {
      client.destroy();
    }
  }

  /**
   * With long-term keys only, and never with MFA (STS API Reference, GetFederationToken). What they may do is
   * what the user may do and the policies allow.
   */
  async function getFederationToken(
    { session, signal }: ProviderRequest<AwsIamUserSession>,
    narrowing: Narrowing,
  ): Promise<IssuedCredentials> {
    const { sdk, client, endpoint, time } = await connectSts(await readKeys(session), session);
    try {
      const answer = await client.send(
        new sdk.GetFederationTokenCommand({
          Name: federatedName(session.sessionName),
          DurationSeconds: session.tokenSeconds ?? defaultTokenSeconds,
          ...sessionPolicies(narrowing),
        }),
        { abortSignal: signal },
      );
      return issuedBy(answer, time, { session });
    } catch (error) {
      signal.throwIfAborted();
      throw stsProblem(error, session, endpoint);
    } finally {
      client.destroy();
    }
  }

  return {
    narrow: getFederationToken,
    async obtain(request) {
      const { session, fresh, signal } = request;
      const keys = await readKeys(session);
      let kept: KeptToken | undefined;
      const { madeWith, ...issued } = await tokens.get(session.sessionId, {
        signal,
        isUsable: (token) => {
          kept = token;
          const usable = isUsable(token, session, keys);
          if (usable) explain(request, keys, token);
          return usable;
        },
        force: fresh,
        obtain: async (shared) => {
          explain(request, keys, kept);
          return {
            ...(await getSessionToken(waitedForBy(request, shared), keys)),
            madeWith: { accessKeyId: keys.accessKeyId, mfaSerial: session.mfaSerial },
          };
        },
      });
      return issued;
    },
    // Without MFA, roles are assumed with the user's own keys: AWS then grants what the role allows,
    // not just the hour it grants to temporary credentials.
    signingKeys: async ({ session }) =>
      session.mfaSerial === undefined
        ? { keys: await readKeys(session), ofRole: false }
        : undefined,
    unattended: ({ mfaSerial, mfaCommand }) => mfaSerial === undefined || mfaCommand !== undefined,
    forget: (sessionId) => tokens.forget(sessionId),
    keys: readKeys,
    lacksKeys: (sessionId) => secrets.lacks(keysName(sessionId)),
    async setKeys(sessionId, keys) {
      await secrets.set(keysName(sessionId), JSON.stringify(keys));
      await tokens.forget(sessionId);
    },
    async accessKeyId(sessionId) {
      const keys = await readCached(secrets, keysName(sessionId), awsAccessKeysSchema);
      return keys?.accessKeyId;
    },
    async dropSecrets({ sessionId }) {
      await tokens.forget(sessionId);
      await commands.forget(sessionId);
      await secrets.delete(keysName(sessionId));
    },
  };

  async function readKeys({ sessionId, sessionName }: AwsIamUserSession): Promise<AwsAccessKeys> {
    const next = `Enter them: stint session edit ${sessionId} --access-keys`;
    const what = `The entry with the access keys of session ${sessionName}`;
    const about = { what, next, sessionId };
    const keys = await readSecret(secrets, keysName(sessionId), awsAccessKeysSchema, about);
    if (keys !== undefined) return keys;
    throw new Problem('secret-missing', {
      detail: `Session ${sessionName} has no access keys in the vault.`,
      next,
      sessionId,
    });
  }
}

/** STS API Reference, GetFederationToken, Name: 2 to 32 of `[\w+=,.@-]`. CloudTrail shows it. */
function federatedName(sessionName: string): string {
  const name = sessionName.replace(/[^\w+=,.@-]+/g, '-').slice(0, 32);
  return /^-*$/.test(name) || name.length < 2 ? `stint-${name}` : name;
}

/** The request as all who wait for its answer make it: `signal` aborts when the last gives up. */
function waitedForBy(
  request: ProviderRequest<AwsIamUserSession>,
  signal: AbortSignal,
): ProviderRequest<AwsIamUserSession> {
  return { ...request, signal, ask: (question) => request.ask(question, signal) };
}

import type { AwsAccessKeys } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import { renewalMargin } from '../../models/renewal.ts';
import type { SessionSecrets } from '../../models/session-fields.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import { mfaQuestion, withMfaCode } from './mfa.ts';
import { createMfaCommands } from './mfa-command.ts';
import type { CredentialProvider, IssuedCredentials, ProviderRequest } from './provider.ts';
import { issuedBy, type ConnectSts } from './sts.ts';
import { stsProblem } from './sts-problem.ts';

/** GetSessionToken DurationSeconds for an IAM user, STS API Reference: the service's own default. */
const defaultTokenSeconds = 43_200;

const keysName = (sessionId: string) => `aws-iam-user/${sessionId}/keys`;
const tokenName = (sessionId: string) => `aws-iam-user/${sessionId}/token`;

/** A session token kept so that the next start asks nothing; void once keys or device change. */
interface KeptToken extends IssuedCredentials {
  readonly madeWith: { readonly accessKeyId: string; readonly mfaSerial?: string | undefined };
}

export interface AwsIamUserProvider extends CredentialProvider<AwsIamUserSession> {
  setKeys(sessionId: string, keys: SessionSecrets): Promise<void>;
  dropSecrets(session: Pick<AwsIamUserSession, 'sessionId'>): Promise<void>;
}

/** GetSessionToken with the user's long-term keys, with MFA where a device is set. */
export function createAwsIamUserProvider(options: {
  readonly secrets: SecretStore;
  readonly connectSts: ConnectSts;
  readonly clock: Clock;
}): AwsIamUserProvider {
  const { secrets, connectSts, clock } = options;

  async function keptToken(session: AwsIamUserSession, keys: AwsAccessKeys) {
    const text = await secrets.get(tokenName(session.sessionId));
    if (text === undefined) return undefined;
    const kept = JSON.parse(text) as KeptToken;
    const left = (Date.parse(kept.credentials.expiration) - clock.now()) / 1000;
    const usable =
      kept.madeWith.accessKeyId === keys.accessKeyId &&
      kept.madeWith.mfaSerial === session.mfaSerial &&
      left > renewalMargin(kept.grantedSeconds);
    return usable ? kept : undefined;
  }

  const commands = createMfaCommands(secrets);

  /** The session's own program is asked once; then it is a person's turn. */
  async function mfaCode(
    request: ProviderRequest<AwsIamUserSession>,
    device: string,
    attempt: number,
  ): Promise<string> {
    const commanded = attempt === 1 ? await commands.code(request) : undefined;
    if (commanded !== undefined && 'code' in commanded) return commanded.code;
    const question = mfaQuestion(request.session.sessionName, device, { attempt });
    if (commanded === undefined) return await request.ask(question);
    const why = `Its mfaCommand gave none: ${commanded.failure}.`;
    return await request.ask({ ...question, text: `${question.text}. ${why}` });
  }

  async function getSessionToken(
    request: ProviderRequest<AwsIamUserSession>,
    keys: AwsAccessKeys,
  ): Promise<IssuedCredentials> {
    const { session, signal } = request;
    const { sdk, client, endpoint } = await connectSts(keys, session.region);
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
      return issuedBy(answer, clock);
    } catch (error) {
      signal.throwIfAborted();
      throw stsProblem(error, session, endpoint);
    } finally {
      client.destroy();
    }
  }

  return {
    async obtain(request) {
      const { session, fresh } = request;
      const keys = await readKeys(session);
      const kept = fresh ? undefined : await keptToken(session, keys);
      if (kept !== undefined) return kept;
      const issued = await getSessionToken(request, keys);
      const token: KeptToken = {
        ...issued,
        madeWith: { accessKeyId: keys.accessKeyId, mfaSerial: session.mfaSerial },
      };
      await secrets.set(tokenName(session.sessionId), JSON.stringify(token));
      return issued;
    },
    // Without MFA, a role may be taken on with the user's own keys: AWS then grants what the role
    // allows, and not just the hour it grants to temporary credentials.
    signingKeys: async ({ session }) =>
      session.mfaSerial === undefined
        ? { keys: await readKeys(session), ofRole: false }
        : undefined,
    unattended: ({ mfaSerial, mfaCommand }) => mfaSerial === undefined || mfaCommand !== undefined,
    async forget(sessionId) {
      await secrets.delete(tokenName(sessionId));
    },
    async setKeys(sessionId, keys) {
      await secrets.set(keysName(sessionId), JSON.stringify(keys));
      await secrets.delete(tokenName(sessionId));
    },
    async dropSecrets({ sessionId }) {
      await secrets.delete(tokenName(sessionId));
      await commands.forget(sessionId);
      await secrets.delete(keysName(sessionId));
    },
  };

  async function readKeys({ sessionId, sessionName }: AwsIamUserSession): Promise<AwsAccessKeys> {
    const text = await secrets.get(keysName(sessionId));
    if (text === undefined) {
      throw new Problem('secret-missing', {
        detail: `Session ${sessionName} has no access keys in the vault.`,
        next: `Give it its keys: stint session edit ${sessionId} --access-keys`,
        sessionId,
      });
    }
    return JSON.parse(text) as AwsAccessKeys;
  }
}

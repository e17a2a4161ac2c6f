import type { AwsIamRoleChainedSession } from '../../models/session.ts';
import { mfaQuestion, withMfaCode } from './mfa.ts';
import type {
  CredentialProvider,
  IssuedCredentials,
  ParentKeys,
  ProviderRequest,
  SigningKeys,
} from './provider.ts';
import { chainedSeconds, longestRoleSeconds, withLength } from './role-length.ts';
import { roleSessionNameOf } from './role-session-name.ts';
import { issuedBy, sessionPolicies, type ConnectSts } from './sts.ts';
import { areKeysRefused, stsProblem } from './sts-problem.ts';

/** AssumeRole with the parent's credentials (STS API Reference, "AssumeRole"). */
export function createAwsIamRoleChainedProvider(options: {
  readonly parents: ParentKeys;
  readonly connectSts: ConnectSts;
  /** Who role session names begin with. */
  readonly person: () => string;
}): CredentialProvider<AwsIamRoleChainedSession> {
  const { parents, connectSts, person } = options;

  async function assumeRole(
    request: ProviderRequest<AwsIamRoleChainedSession>,
    { keys, ofRole, mfaSerial }: SigningKeys,
  ): Promise<IssuedCredentials> {
    const { session, signal, ask } = request;
    // A code of the same device was already given for the parent: nobody is asked twice.
    const device = session.mfaSerial === mfaSerial ? undefined : session.mfaSerial;
    const { sdk, client, endpoint, time } = await connectSts(keys, session);
    try {
      const { answer, roleSecondsGranted } = await withLength(
        secondsAsked(session, ofRole, device !== undefined),
        (seconds) =>
          withMfaCode(
            device,
            (attempt) =>
              ask(
                mfaQuestion(session.sessionName, device ?? '', { attempt, role: session.roleArn }),
              ),
            (mfa) =>
              client.send(
                new sdk.AssumeRoleCommand({
                  ...roleOf(session, person()),
                  ...mfa,
                  DurationSeconds: seconds,
                }),
                { abortSignal: signal },
              ),
          ),
      );
      const capped = ofRole && (session.roleSeconds ?? 0) > chainedSeconds;
      return issuedBy(answer, time, {
        session,
        roleArn: session.roleArn,
        roleSecondsGranted: roleSecondsGranted ?? (capped ? chainedSeconds : undefined),
      });
    } catch (error) {
      signal.throwIfAborted();
      throw areKeysRefused(error) ? error : stsProblem(error, session, endpoint);
    } finally {
      client.destroy();
    }
  }

  async function obtain(
    request: ProviderRequest<AwsIamRoleChainedSession>,
  ): Promise<IssuedCredentials> {
    try {
      return await assumeRole(request, await parents.obtain(request));
    } catch (error) {
      if (!areKeysRefused(error)) throw error;
      // What was kept of the parent is no longer valid: it signs in once more.
      await parents.discard(request.session);
      try {
        return await assumeRole(request, await parents.obtain(request));
      } catch (again) {
        throw stsProblem(again, request.session, 'AWS STS');
      }
    }
  }

  return {
    obtain,
    narrow: (request, narrowing) =>
      obtain({ ...request, session: { ...request.session, ...narrowing } }),
    unattended: (session) => session.mfaSerial === undefined && parents.unattended(session),
    // It keeps nothing itself: what is kept belongs to its parent.
    forget: () => Promise.resolve(),
  };
}

/**
 * An hour through a role, which is the most AWS grants there; else as long as AWS may grant. A
 * duration that AWS refused before is not asked for again.
 */
function secondsAsked(
  session: AwsIamRoleChainedSession,
  ofRole: boolean,
  withCode: boolean,
): number {
  // A code works once: after a refused duration the person would be asked again.
  return Math.min(
    session.roleSeconds ?? (withCode ? chainedSeconds : longestRoleSeconds),
    ofRole ? chainedSeconds : longestRoleSeconds,
    session.roleSecondsGranted ?? longestRoleSeconds,
  );
}

function roleOf(session: AwsIamRoleChainedSession, person: string) {
  const { roleArn, externalId, sourceIdentity, tags, policyArns, policy } = session;
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionNameOf(session, person),
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    ...(tags === undefined
      ? {}
      : { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
    ...sessionPolicies({ policyArns, policy }),
  };
}

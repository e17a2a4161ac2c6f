import type { AwsIamRoleChainedSession } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import { mfaQuestion, withMfaCode } from './mfa.ts';
import type {
  CredentialProvider,
  IssuedCredentials,
  ParentKeys,
  ProviderRequest,
  SigningKeys,
} from './provider.ts';
import { chainedSeconds, longestRoleSeconds, withLength } from './role-length.ts';
import { issuedBy, type ConnectSts } from './sts.ts';
import { areKeysRefused, stsProblem } from './sts-problem.ts';

/** AssumeRole with the parent's credentials (STS API Reference, "AssumeRole"). */
export function createAwsIamRoleChainedProvider(options: {
  readonly parents: ParentKeys;
  readonly connectSts: ConnectSts;
  readonly clock: Clock;
}): CredentialProvider<AwsIamRoleChainedSession> {
  const { parents, connectSts, clock } = options;

  async function assumeRole(
    request: ProviderRequest<AwsIamRoleChainedSession>,
    { keys, ofRole, mfaSerial }: SigningKeys,
  ): Promise<IssuedCredentials> {
    const { session, signal, ask } = request;
    // A code of the same device was already given for the parent: nobody is asked twice.
    const device = session.mfaSerial === mfaSerial ? undefined : session.mfaSerial;
    const { sdk, client, endpoint } = await connectSts(keys, session.region);
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
                new sdk.AssumeRoleCommand({ ...roleOf(session), ...mfa, DurationSeconds: seconds }),
                { abortSignal: signal },
              ),
          ),
      );
      const capped = ofRole && (session.roleSeconds ?? 0) > chainedSeconds;
      return issuedBy(answer, clock, {
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

  return {
    async obtain(request) {
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
    },
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

function roleOf(session: AwsIamRoleChainedSession) {
  const { roleArn, roleSessionName, externalId, sourceIdentity, tags, policyArns, policy } =
    session;
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionName,
    ...(externalId === undefined ? {} : { ExternalId: externalId }),
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    ...(tags === undefined
      ? {}
      : { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
    ...(policyArns === undefined ? {} : { PolicyArns: policyArns.map((arn) => ({ arn })) }),
    ...(policy === undefined ? {} : { Policy: policy }),
  };
}

import type { IdentityProvider } from '../../models/identity-provider.ts';
import { Problem } from '../../models/problem.ts';
import type { AwsIamRoleFederatedSession, Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { Explain } from '../log/log.ts';
import { readSamlAssertion } from '../sign-in/saml-assertion.ts';
import type { SamlSignIn } from '../sign-in/saml-sign-in.ts';
import { createFederatedSignIn, partitionOf } from './federated-sign-in.ts';
import type { CredentialProvider, IssuedCredentials } from './provider.ts';
import { chainedSeconds, longestRoleSeconds, withLength } from './role-length.ts';
import { chooseRole } from './choose-role.ts';
import { requireSendable, samlProblem } from './saml-problem.ts';
import { issuedBy, type ConnectSts } from './sts.ts';

export interface AwsIamRoleFederatedProvider extends CredentialProvider<AwsIamRoleFederatedSession> {
  /** Drops what is kept of an identity provider that is removed, or whose address has changed. */
  forgetIdentityProvider(idpId: string): Promise<void>;
}

/** AssumeRoleWithSAML with the response of a sign-in at the session's identity provider. */
export function createAwsIamRoleFederatedProvider(options: {
  readonly connectSts: ConnectSts;
  readonly signIn: SamlSignIn;
  readonly identityProviders: (idpId: string) => IdentityProvider | undefined;
  /** Every session of the workspace: some share an identity provider. */
  readonly sessions: () => readonly Session[];
  readonly clock: Clock;
  readonly log: Explain;
}): AwsIamRoleFederatedProvider {
  const { connectSts, signIn, identityProviders, clock } = options;
  const responseFor = createFederatedSignIn(signIn, options.log);

  const federated = () =>
    options.sessions().filter((session) => session.type === 'awsIamRoleFederated');

  function identityProviderOf({ idpId, sessionId, sessionName }: AwsIamRoleFederatedSession) {
    const idp = identityProviders(idpId);
    if (idp !== undefined) return idp;
    throw new Problem('dependency-missing', {
      detail: `Session ${sessionName} signs in at identity provider ${idpId}, which was removed.`,
      next: `Choose another one: stint session edit ${sessionId} --idp-id ID`,
      sessionId,
    });
  }

  async function assumeRole(
    session: AwsIamRoleFederatedSession,
    response: string,
    signal: AbortSignal,
  ): Promise<IssuedCredentials> {
    const { sdk, client, endpoint } = await connectSts(undefined, session.region);
    try {
      const { answer, roleSecondsGranted } = await withLength(secondsAsked(session), (seconds) =>
        client.send(
          new sdk.AssumeRoleWithSAMLCommand({
            RoleArn: session.roleArn,
            PrincipalArn: session.idpArn,
            SAMLAssertion: response,
            DurationSeconds: seconds,
          }),
          { abortSignal: signal },
        ),
      );
      return issuedBy(answer, clock, { roleArn: session.roleArn, roleSecondsGranted });
    } catch (error) {
      signal.throwIfAborted();
      throw samlProblem(error, session, endpoint);
    } finally {
      client.destroy();
    }
  }

  return {
    async obtain(request) {
      const { session, signal } = request;
      const response = await responseFor(request, identityProviderOf(session));
      requireSendable(response, session);
      const chosen = await chooseRole(readSamlAssertion(response, session).roles, request);
      const issued = await assumeRole({ ...session, ...chosen }, response, signal);
      return { ...issued, ...(chosen === undefined ? {} : { chosen }) };
    },
    unattended: (session) => signIn.remembers(partitionOf(session)),
    async forget(sessionId) {
      const session = federated().find((one) => one.sessionId === sessionId);
      if (session !== undefined) await signIn.forget(partitionOf(session));
    },
    // Other sessions may sign in at the same identity provider.
    async dropSecrets(session) {
      const partition = partitionOf(session);
      const isShared = federated().some(
        (other) => partitionOf(other) === partition && other.sessionId !== session.sessionId,
      );
      if (!isShared) await signIn.forget(partition);
    },
    async forgetIdentityProvider(idpId) {
      const own = federated().filter((session) => session.idpId === idpId);
      const partitions = new Set([idpId, ...own.map(partitionOf)]);
      for (const partition of partitions) await signIn.forget(partition);
    },
  };
}

/** An hour, which every role allows, or what the person chose; never what AWS refused before. */
function secondsAsked({ roleSeconds, roleSecondsGranted }: AwsIamRoleFederatedSession): number {
  return Math.min(roleSeconds ?? chainedSeconds, roleSecondsGranted ?? longestRoleSeconds);
}

import type { Narrowing } from '../../models/narrowing.ts';
import type { IdentityProvider } from '../../models/identity-provider.ts';
import { Problem } from '../../models/problem.ts';
import type { AwsIamRoleFederatedSession, Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { Explain } from '../log/log.ts';
import { readSamlAssertion } from '../sign-in/saml-assertion.ts';
import type { SamlSignIn } from '../sign-in/saml-sign-in.ts';
import { createFederatedSignIn, partitionOf } from './federated-sign-in.ts';
import type { CredentialProvider, IssuedCredentials, ProviderRequest } from './provider.ts';
import { chainedSeconds, longestRoleSeconds, withLength } from './role-length.ts';
import { chooseRole } from './choose-role.ts';
import { requireSendable, samlProblem } from './saml-problem.ts';
import { issuedBy, sessionPolicies, type ConnectSts } from './sts.ts';

/**
 * How long a response serves for further programs, in milliseconds: AWS takes it until 5 minutes after it was
 * issued (IAM User Guide, "Troubleshoot SAML federation with IAM").
 */
const servesFor = 4 * 60_000;

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
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Explain;
}): AwsIamRoleFederatedProvider {
  const { connectSts, signIn, identityProviders, clock } = options;
  const responseFor = createFederatedSignIn(signIn, options.log);

  /** The last response by partition, in memory only. */
  const responses = new Map<string, { readonly response: string; readonly at: number }>();

  async function forgetSignIn(partition: string): Promise<void> {
    responses.delete(partition);
    await signIn.forget(partition);
  }

  async function newResponse(request: ProviderRequest<AwsIamRoleFederatedSession>) {
    const { session } = request;
    const response = await responseFor(request, identityProviderOf(session));
    requireSendable(response, session);
    responses.set(partitionOf(session), { response, at: clock.now() });
    return response;
  }

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
    narrowing: Narrowing = {},
  ): Promise<IssuedCredentials> {
    const { sdk, client, endpoint, time } = await connectSts(undefined, session);
    try {
      const { answer, roleSecondsGranted } = await withLength(secondsAsked(session), (seconds) =>
        client.send(
          new sdk.AssumeRoleWithSAMLCommand({
            RoleArn: session.roleArn,
            PrincipalArn: session.idpArn,
            SAMLAssertion: response,
            DurationSeconds: seconds,
            ...sessionPolicies(narrowing),
          }),
          { abortSignal: signal },
        ),
      );
      return issuedBy(answer, time, { session, roleArn: session.roleArn, roleSecondsGranted });
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
      const response = await newResponse(request);
      const chosen = await chooseRole(readSamlAssertion(response, session).roles, request);
      const issued = await assumeRole({ ...session, ...chosen }, response, signal);
      return { ...issued, ...(chosen === undefined ? {} : { chosen }) };
    },
    // A sign-in serves several roles and policies while AWS takes it; then another one is needed.
    async narrow(request, narrowing) {
      const { session, signal } = request;
      const kept = responses.get(partitionOf(session));
      const isTaken = kept !== undefined && clock.now() - kept.at < servesFor;
      const response = isTaken ? kept.response : await newResponse(request);
      return await assumeRole(session, response, signal, narrowing);
    },
    unattended: (session) => signIn.remembers(partitionOf(session)),
    async forget(sessionId) {
      const session = federated().find((one) => one.sessionId === sessionId);
      if (session !== undefined) await forgetSignIn(partitionOf(session));
    },
    // Other sessions may sign in at the same identity provider.
    async dropSecrets(session) {
      const partition = partitionOf(session);
      const isShared = federated().some(
        (other) => partitionOf(other) === partition && other.sessionId !== session.sessionId,
      );
      if (!isShared) await forgetSignIn(partition);
    },
    async forgetIdentityProvider(idpId) {
      const own = federated().filter((session) => session.idpId === idpId);
      const partitions = new Set([idpId, ...own.map(partitionOf)]);
      for (const partition of partitions) await forgetSignIn(partition);
    },
  };
}

/** An hour, which every role allows, or what the person chose; never what AWS refused before. */
function secondsAsked({ roleSeconds, roleSecondsGranted }: AwsIamRoleFederatedSession): number {
  return Math.min(roleSeconds ?? chainedSeconds, roleSecondsGranted ?? longestRoleSeconds);
}

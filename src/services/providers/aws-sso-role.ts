import { Problem } from '../../models/problem.ts';
import type { Integration } from '../../models/integration.ts';
import type { AwsSsoRoleSession } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { ConnectSso } from '../integrations/aws-sso/connect.ts';
import { ssoProblem } from '../integrations/aws-sso/sso-problem.ts';
import type { SsoSignIn } from '../integrations/aws-sso/sign-in.ts';
import { integrationMissing } from './integration-missing.ts';
import type { CredentialProvider } from './provider.ts';

/** GetRoleCredentials with the integration's sign-in (IAM Identity Center Portal API Reference). */
export function createAwsSsoRoleProvider(options: {
  readonly signIn: SsoSignIn;
  readonly connect: ConnectSso;
  readonly findIntegration: (integrationId: string) => Integration | undefined;
  readonly clock: Clock;
}): CredentialProvider<AwsSsoRoleSession> {
  const { signIn, connect, findIntegration, clock } = options;
  return {
    async obtain({ session, signal, deadline }) {
      const integration = findIntegration(session.integrationId);
      if (integration?.kind !== 'awsSso') throw integrationMissing(session);
      const { sdk, client } = await connect.portal(integration.region);
      try {
        const { roleCredentials } = await signIn.withToken(
          integration,
          {
            signal,
            deadline,
            subject: {
              sessionId: session.sessionId,
              sessionName: session.sessionName,
              account: session.accountId,
              role: session.roleName,
            },
          },
          (accessToken) =>
            client.send(
              new sdk.GetRoleCredentialsCommand({
                accessToken,
                accountId: session.accountId,
                roleName: session.roleName,
              }),
              { abortSignal: signal },
            ),
        );
        const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials ?? {};
        if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
          throw new Problem('cloud-refused', {
            detail: `IAM Identity Center returned no credentials for session ${session.sessionName}.`,
            sessionId: session.sessionId,
          });
        }
        return {
          credentials: {
            accessKeyId,
            secretAccessKey,
            sessionToken,
            expiration: new Date(expiration).toISOString(),
            accountId: session.accountId,
          },
          grantedSeconds: Math.max(0, Math.round((expiration - clock.now()) / 1000)),
        };
      } catch (error) {
        signal.throwIfAborted();
        throw ssoProblem(error, integration, session);
      } finally {
        client.destroy();
      }
    },
    unattended: ({ integrationId }) => findIntegration(integrationId)?.status === 'logged-in',
    // The sign-in belongs to the integration, and other sessions use it too: it ends with its logout.
    forget: () => Promise.resolve(),
  };
}

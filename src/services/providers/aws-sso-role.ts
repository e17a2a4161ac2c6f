import * as z from 'zod';
import { issuedKeysSchema } from '../../models/credentials.ts';
import type { Integration } from '../../models/integration.ts';
import type { AwsSsoRoleSession } from '../../models/session.ts';
import { requireUsable } from '../credentials/require-usable.ts';
import type { ConnectSso } from '../integrations/aws-sso/connect.ts';
import { openPortals } from '../integrations/aws-sso/open-portals.ts';
import { ssoProblem } from '../integrations/aws-sso/sso-problem.ts';
import type { SsoSignIn } from '../integrations/aws-sso/sign-in.ts';
import { unusable } from '../network/sdk-error.ts';
import { integrationMissing } from './integration-missing.ts';
import type { CredentialProvider } from './provider.ts';

/** The SDK checks no types. `expiration`: milliseconds since the epoch. */
const roleCredentialsSchema = issuedKeysSchema.extend({ expiration: z.number() });

/** GetRoleCredentials with the integration's sign-in (IAM Identity Center Portal API Reference). */
export function createAwsSsoRoleProvider(options: {
  readonly signIn: SsoSignIn;
  readonly connect: ConnectSso;
  readonly findIntegration: (integrationId: string) => Integration | undefined;
}): CredentialProvider<AwsSsoRoleSession> {
  const { signIn, connect, findIntegration } = options;
  return {
    async obtain({ session, signal, deadline }) {
      const integration = findIntegration(session.integrationId);
      if (integration?.kind !== 'awsSso') throw integrationMissing(session);
      const portals = openPortals(connect);
      try {
        const { roleCredentials, time } = await signIn.withToken(
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
          async (accessToken, region) => {
            const { sdk, client, time: ofPortal } = await portals.at(region);
            const answer = await client.send(
              new sdk.GetRoleCredentialsCommand({
                accessToken,
                accountId: session.accountId,
                roleName: session.roleName,
              }),
              { abortSignal: signal },
            );
            return { roleCredentials: answer.roleCredentials, time: ofPortal };
          },
        );
        const about = {
          service: 'AWS Identity Center',
          about: `session ${session.sessionName} (integration ${integration.name})`,
          sessionId: session.sessionId,
        };
        const { success, data } = roleCredentialsSchema.safeParse(roleCredentials);
        if (!success) throw unusable({ why: 'it has no credentials that can be used' }, about);
        const { expiration, ...keys } = data;
        const now = time.now();
        requireUsable(expiration, now, about);
        return {
          credentials: {
            ...keys,
            expiration: new Date(expiration).toISOString(),
            accountId: session.accountId,
          },
          grantedSeconds: Math.round((expiration - now) / 1000),
          clockOffset: time.offset,
        };
      } catch (error) {
        signal.throwIfAborted();
        throw ssoProblem(error, integration, session);
      } finally {
        await portals.close();
      }
    },
    unattended: ({ integrationId }) => findIntegration(integrationId)?.status === 'logged-in',
    // The sign-in belongs to the integration, and other sessions use it too: it ends with its logout.
    forget: () => Promise.resolve(),
  };
}

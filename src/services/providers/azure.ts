import type { AzureCredentials } from '../../models/credentials.ts';
import type { Integration } from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import type { AzureSession } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import type { ConnectAzure } from '../integrations/azure/connect.ts';
import type { AzureSignIn } from '../integrations/azure/sign-in.ts';
import { integrationMissing } from './integration-missing.ts';
import type { CredentialProvider } from './provider.ts';

/** A run does not begin with a kept token that expires sooner than this, in milliseconds. */
const leastTimeLeft = 20 * 60_000;

export interface AzureProvider extends CredentialProvider<AzureSession, AzureCredentials> {
  /**
   * A token of the session's account for another resource than Resource Manager. Asks nobody.
   * Throws Problem 'cloud-refused', 'cloud-unreachable', 'dependency-missing', 'vault-locked'.
   */
  tokenFor(
    session: AzureSession,
    resource: string,
    signal: AbortSignal,
  ): Promise<{ readonly accessToken: string; readonly expiresAt: number }>;
}

/** Access tokens with the integration's sign-in; a run's own is for Azure Resource Manager. */
export function createAzureProvider(options: {
  readonly signIn: AzureSignIn;
  readonly connect: ConnectAzure;
  readonly findIntegration: (integrationId: string) => Integration | undefined;
  readonly clock: Clock;
}): AzureProvider {
  const { signIn, connect, findIntegration, clock } = options;
  const integrationOf = (session: AzureSession) => {
    const integration = findIntegration(session.integrationId);
    if (integration?.kind === 'azure') return integration;
    throw integrationMissing(session);
  };
  return {
    async obtain({ session, fresh, signal, deadline }) {
      const integration = integrationOf(session);
      const { tenantId } = session;
      const resource = connect.cloudOf(integration).managementResource;
      const request = { tenantId, resource, signal, deadline, subject: subjectOf(session) };
      const kept = await signIn.token(integration, { ...request, fresh });
      const isShort = !fresh && kept.expiresAt - clock.now() < leastTimeLeft;
      const { accessToken, expiresAt, account } = isShort
        ? await signIn.token(integration, { ...request, fresh: true })
        : kept;
      const grantedSeconds = Math.max(0, Math.round((expiresAt - clock.now()) / 1000));
      const expiration = toInstant(expiresAt);
      return { credentials: { accessToken, expiration, tenantId, account }, grantedSeconds };
    },
    async tokenFor(session, resource, signal) {
      const { tenantId } = session;
      return await signIn.silentToken(integrationOf(session), {
        tenantId,
        resource,
        signal,
        subject: subjectOf(session),
      });
    },
    unattended: ({ integrationId }) => findIntegration(integrationId)?.status === 'logged-in',
    // The sign-in belongs to the integration, and other sessions use it too: it ends with its logout.
    forget: () => Promise.resolve(),
  };
}

/** Throws Problem 'invalid-request' for what cannot be a resource. */
export function checkResource(resource: string): void {
  if (/^[\x21-\x7e]{1,1024}$/.test(resource)) return;
  throw new Problem('invalid-request', {
    detail: 'The resource of a token must be an address or an id, without spaces.',
    next: 'Name a resource such as https://vault.azure.net',
    errors: [{ field: 'resource', message: 'must be an address or an id, without spaces' }],
  });
}

function subjectOf({ sessionId, sessionName, subscriptionId }: AzureSession) {
  return { sessionId, sessionName, account: subscriptionId };
}

import { resourcesOf } from '../../models/azure-resources.ts';
import type { AzureCredentials } from '../../models/credentials.ts';
import type { AzureIntegration, Integration } from '../../models/integration.ts';
import { Problem } from '../../models/problem.ts';
import type { AzureSession } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import type { ConnectAzure } from '../integrations/azure/connect.ts';
import type { AzureSignIn, ResourceOutcome } from '../integrations/azure/sign-in.ts';
import { integrationMissing } from './integration-missing.ts';
import type { CredentialProvider } from './provider.ts';

/** A run does not begin with a kept token that expires sooner than this, in milliseconds. */
const leastTimeLeft = 20 * 60_000;

export interface ResourceToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch, by Entra's clock. */
  readonly expiresAt: number;
  /** Milliseconds by which that is ahead of this machine's. */
  readonly clockOffset: number;
}

export interface AzureProvider extends CredentialProvider<AzureSession, AzureCredentials> {
  /**
   * A token of the session's account for another resource than Resource Manager. Asks nobody.
   * Throws Problem 'cloud-refused', 'cloud-unreachable', 'dependency-missing', 'vault-locked'.
   */
  tokenFor(session: AzureSession, resource: string, signal: AbortSignal): Promise<ResourceToken>;
}

/**
 * Access tokens with the integration's sign-in: for Azure Resource Manager, which every run needs,
 * and for `moreResources` and the usual ones of the cloud, of which some may be refused.
 */
export function createAzureProvider(options: {
  readonly signIn: AzureSignIn;
  readonly connect: ConnectAzure;
  readonly findIntegration: (integrationId: string) => Integration | undefined;
  /** The user's own list, as in the settings. */
  readonly moreResources: () => string | undefined;
  readonly clock: Clock;
}): AzureProvider {
  const { signIn, connect, findIntegration, moreResources, clock } = options;
  const integrationOf = (session: AzureSession) => {
    const integration = findIntegration(session.integrationId);
    if (integration?.kind === 'azure') return integration;
    throw integrationMissing(session);
  };
  const isShort = ({ expiresAt, clockOffset }: Omit<ResourceToken, 'accessToken'>) =>
    expiresAt - clockOffset - clock.now() < leastTimeLeft;
  /** Those for the other resources, as fresh as a run needs them. */
  const tokensFor = async (
    session: AzureSession,
    integration: AzureIntegration,
    { fresh, signal }: { readonly fresh: boolean; readonly signal: AbortSignal },
  ): Promise<readonly ResourceOutcome[]> => {
    const { tenantId } = session;
    const request = { tenantId, signal, subject: subjectOf(session) };
    const resources = resourcesOf(connect.cloudOf(integration), moreResources());
    const outcomes = await signIn.silentTokens(integration, { ...request, resources, fresh });
    const old = fresh ? [] : outcomes.filter((one) => 'token' in one && isShort(one.token));
    if (old.length === 0) return outcomes;
    const again = old.map(({ resource }) => resource);
    const renewed = await signIn.silentTokens(integration, {
      ...request,
      resources: again,
      fresh: true,
    });
    return outcomes.map((one) => renewed.find(({ resource }) => resource === one.resource) ?? one);
  };
  return {
    async obtain({ session, fresh, signal, deadline }) {
      const integration = integrationOf(session);
      const { tenantId } = session;
      const resource = connect.cloudOf(integration).managementResource;
      const request = { tenantId, resource, signal, deadline, subject: subjectOf(session) };
      const kept = await signIn.token(integration, { ...request, fresh });
      const { accessToken, expiresAt, clockOffset, account } =
        !fresh && isShort(kept)
          ? await signIn.token(integration, { ...request, fresh: true })
          : kept;
      const outcomes = await tokensFor(session, integration, { fresh, signal });
      const tokens = outcomes.filter((one) => 'token' in one);
      const firstEnd = Math.min(expiresAt, ...tokens.map(({ token }) => token.expiresAt));
      return {
        credentials: {
          accessToken,
          expiration: toInstant(firstEnd),
          tenantId,
          account,
          others: tokens.map(({ resource: of, token }) => ({
            resource: of,
            accessToken: token.accessToken,
            expiration: toInstant(token.expiresAt),
          })),
          refused: outcomes
            .filter((one) => 'error' in one)
            .map(({ resource: of, error }) => ({ resource: of, reason: reasonOf(error) })),
        },
        grantedSeconds: Math.max(0, Math.round((firstEnd - clockOffset - clock.now()) / 1000)),
        clockOffset,
      };
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

/** In a sentence; in the service's own words where it refused. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Problem)) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? 'Entra ID did not answer in time.'
      : String(error);
  }
  const words = error.message.replace(/^.*Entra ID says: /s, '');
  return /^.+?\.(?= |$)/s.exec(words)?.[0] ?? words;
}

function subjectOf({ sessionId, sessionName, subscriptionId }: AzureSession) {
  return { sessionId, sessionName, account: subscriptionId };
}

import type { TokenCredential } from '@azure/identity';
import type { ICachePlugin } from '@azure/msal-node';
import type { AzureIntegration } from '../../../models/integration.ts';
import { clientIdOf } from './application.ts';
import type { AzureConnection } from './connect.ts';
import type { Identity } from './identities.ts';
import { withCache } from './with-cache.ts';

/** What every credential on a connection is made with. */
export function credentialOptions({ cloud, httpClient }: AzureConnection) {
  return {
    authorityHost: cloud.authorityHost,
    // Microsoft's own list of authorities knows no private cloud.
    disableInstanceDiscovery: cloud.name === 'custom',
    httpClient,
    retryOptions: { maxRetries: 2, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 },
    tokenCachePersistenceOptions: { enabled: true },
  };
}

/** A credential that never asks anybody. */
export async function silentCredential(
  connection: AzureConnection,
  integration: AzureIntegration,
  tenantId: string,
  who: Identity,
  cache: ICachePlugin,
): Promise<TokenCredential> {
  const identity = await import('@azure/identity');
  const clientId = clientIdOf(integration);
  const options = credentialOptions(connection);
  return withCache(identity, cache, () => {
    if (who.kind === 'user') {
      return new identity.DeviceCodeCredential({
        ...options,
        tenantId,
        clientId,
        // MSAL looks for kept access tokens in the tenant that is named here.
        authenticationRecord: { ...who.record, tenantId },
        disableAutomaticAuthentication: true,
      });
    }
    const { clientSecret, clientCertificate } = who.secrets;
    if (clientSecret !== undefined) {
      return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, options);
    }
    const certificate = { certificate: clientCertificate ?? '' };
    return new identity.ClientCertificateCredential(tenantId, clientId, certificate, options);
  });
}

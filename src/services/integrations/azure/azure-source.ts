import type { AzureIntegration, IntegrationSecrets } from '../../../models/integration.ts';
import type { Settings } from '../../../models/settings.ts';
import type { IntegrationSource } from '../source.ts';
import type { ConnectAzure } from './connect.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import type { AzureSignIn } from './sign-in.ts';
import { subscriptionSessions } from './subscription-sessions.ts';

export interface AzureSource extends IntegrationSource<AzureIntegration> {
  /** See `AzureSignIn.setSecrets`. */
  setSecrets(integrationId: string, secrets: IntegrationSecrets): Promise<() => Promise<void>>;
}

/** A tenant of Entra ID, and the subscriptions that its account reaches. */
export function createAzureSource(parts: {
  readonly signIn: AzureSignIn;
  readonly connect: ConnectAzure;
  readonly settings: () => Settings;
}): AzureSource {
  const { signIn } = parts;
  return {
    login: (integration, options) => signIn.login(integration, options),
    logout: (integration) => signIn.logout(integration),
    dropSignIn: (integrationId) => signIn.dropSignIn(integrationId),
    forget: (integrationId) => signIn.forget(integrationId),
    setSecrets: (integrationId, secrets) => signIn.setSecrets(integrationId, secrets),
    list: (integration, signal, onProgress) =>
      listSubscriptions(parts, integration, signal, onProgress),
    sessions: subscriptionSessions(parts.settings, (one) => parts.connect.cloudOf(one)),
  };
}

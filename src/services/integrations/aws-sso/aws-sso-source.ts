import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { Settings } from '../../../models/settings.ts';
import type { IntegrationSource } from '../source.ts';
import type { ConnectSso } from './connect.ts';
import { listRoles } from './list-roles.ts';
import { roleSessions } from './role-sessions.ts';
import type { SsoSignIn } from './sign-in.ts';

/** An instance of AWS IAM Identity Center, and the roles it offers. */
export function createAwsSsoSource(parts: {
  readonly signIn: SsoSignIn;
  readonly connect: ConnectSso;
  readonly settings: () => Settings;
}): IntegrationSource<AwsSsoIntegration> {
  const { signIn } = parts;
  return {
    login: (integration, options) => signIn.login(integration, options),
    logout: (integration) => signIn.logout(integration),
    dropSignIn: (integrationId) => signIn.forget(integrationId),
    forget: (integrationId) => signIn.forget(integrationId),
    list: (integration, signal, onProgress) => listRoles(parts, integration, signal, onProgress),
    sessions: roleSessions(parts.settings),
  };
}

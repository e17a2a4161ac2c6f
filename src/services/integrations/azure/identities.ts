import type { AuthenticationRecord } from '@azure/identity';
import type { AzureAccount } from '../../../models/credentials.ts';
import type { AzureIntegration, IntegrationSecrets } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { clientIdOf } from './application.ts';
import { SignInNeeded } from './azure-problem.ts';

/** What stands behind an integration: somebody who has signed in, or an application. */
export type Identity =
  | { readonly kind: 'user'; readonly record: AuthenticationRecord }
  | { readonly kind: 'servicePrincipal'; readonly secrets: IntegrationSecrets };

const recordName = (integrationId: string) => `integration/${integrationId}/azure-account`;
const secretsName = (integrationId: string) => `integration/${integrationId}/azure-application`;

/** Who is signed in at each integration, and what applications sign in with; in the vault. */
export class Identities {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** Throws SignInNeeded, Problem 'secret-missing', 'vault-locked'. */
  async of({ integrationId, name, credential }: AzureIntegration): Promise<Identity> {
    if (credential === undefined) {
      const record = await this.#secrets.get(recordName(integrationId));
      if (record === undefined) throw new SignInNeeded('Nobody is signed in.', { isOver: true });
      return { kind: 'user', record: JSON.parse(record) as AuthenticationRecord };
    }
    const secrets = await this.#secrets.get(secretsName(integrationId));
    if (secrets !== undefined) {
      return { kind: 'servicePrincipal', secrets: JSON.parse(secrets) as IntegrationSecrets };
    }
    throw new Problem('secret-missing', {
      detail: `The vault does not hold what the application of integration ${name} signs in with.`,
      next: `Give it again: stint integration edit ${integrationId} --${credential === 'client-secret' ? 'ask-client-secret' : 'client-certificate FILE'}`,
    });
  }

  async setRecord(integrationId: string, record: AuthenticationRecord): Promise<void> {
    await this.#secrets.set(recordName(integrationId), JSON.stringify(record));
  }

  async dropRecord(integrationId: string): Promise<void> {
    await this.#secrets.delete(recordName(integrationId));
  }

  async setSecrets(integrationId: string, secrets: IntegrationSecrets): Promise<void> {
    await this.#secrets.set(secretsName(integrationId), JSON.stringify(secrets));
  }

  async dropSecrets(integrationId: string): Promise<void> {
    await this.#secrets.delete(secretsName(integrationId));
  }
}

/** Whose the tokens of a tenant are. */
export function accountOf(
  who: Identity,
  integration: AzureIntegration,
  tenantId: string,
): AzureAccount {
  if (who.kind === 'user') {
    const { username, homeAccountId } = who.record;
    return { kind: 'user', username, homeAccountId };
  }
  const clientId = clientIdOf(integration);
  return {
    kind: 'servicePrincipal',
    username: clientId,
    homeAccountId: `${clientId}.${tenantId}`,
  };
}

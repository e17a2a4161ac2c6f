import type { AuthenticationRecord } from '@azure/identity';
import * as z from 'zod';
import type { AzureAccount } from '../../../models/credentials.ts';
import type { AzureIntegration, IntegrationSecrets } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { readCached, readSecret } from '../../vault/read-secret.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { clientIdOf } from './application.ts';
import { SignInNeeded } from './azure-problem.ts';

/** Who signs in to an integration: a person, or an application. */
export type Identity =
  | { readonly kind: 'user'; readonly record: AuthenticationRecord }
  | { readonly kind: 'servicePrincipal'; readonly secrets: IntegrationSecrets };

const recordSchema = z.object({
  authority: z.string(),
  homeAccountId: z.string(),
  clientId: z.string(),
  tenantId: z.string(),
  username: z.string(),
});

const secretsSchema = z.object({
  clientSecret: z.string().optional(),
  clientCertificate: z.string().optional(),
});

const recordName = (integrationId: string) => `integration/${integrationId}/azure-account`;
const secretsName = (integrationId: string) => `integration/${integrationId}/azure-application`;

/** Who is signed in at each integration, and what applications sign in with; in the vault. */
export class Identities {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** Throws SignInNeeded, Problem 'secret-missing', 'secret-unreadable', 'vault-locked'. */
  async of({ integrationId, name, credential }: AzureIntegration): Promise<Identity> {
    if (credential === undefined) {
      const record = await readCached(this.#secrets, recordName(integrationId), recordSchema);
      if (record === undefined) throw new SignInNeeded('Nobody is signed in.', { isOver: true });
      return { kind: 'user', record };
    }
    const flag =
      credential === 'client-secret' ? '--ask-client-secret' : '--client-certificate FILE';
    const next = `Enter it again: stint integration edit ${integrationId} ${flag}`;
    const what = `The ${credential === 'client-secret' ? 'secret' : 'certificate'} of integration ${name}`;
    const secrets = await readSecret(this.#secrets, secretsName(integrationId), secretsSchema, {
      what,
      next,
    });
    if (secrets !== undefined) return { kind: 'servicePrincipal', secrets };
    throw new Problem('secret-missing', { detail: `${what} is not in the vault.`, next });
  }

  /** Whether what its application signs in with is known to be missing. */
  lacksSecrets({ integrationId, credential }: AzureIntegration): boolean {
    return credential !== undefined && this.#secrets.lacks(secretsName(integrationId));
  }

  async setRecord(integrationId: string, record: AuthenticationRecord): Promise<void> {
    await this.#secrets.set(recordName(integrationId), JSON.stringify(record));
  }

  async dropRecord(integrationId: string): Promise<void> {
    await this.#secrets.delete(recordName(integrationId));
  }

  /** The returned function restores what was there before. */
  async setSecrets(
    integrationId: string,
    secrets: IntegrationSecrets,
  ): Promise<() => Promise<void>> {
    const name = secretsName(integrationId);
    const before = await this.#secrets.get(name);
    await this.#secrets.set(name, JSON.stringify(secrets));
    return async () => {
      if (before === undefined) await this.#secrets.delete(name);
      else await this.#secrets.set(name, before);
    };
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

import { z } from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';
import { VaultStash } from '../shared/vault-stash.ts';

const record = z.object({
  folder: z.string(),
  table: z.enum(['subscriptions', 'Account', 'AccessToken']),
  key: z.string(),
  index: z.number(),
  /** Character for character. */
  text: z.string(),
});

/** The user's own entries of Azure CLI files, in the vault until they come back. */
export type AzureStash = VaultStash<z.infer<typeof record>>;

export function azureStash(secrets: SecretStore): AzureStash {
  return new VaultStash({ secrets, prefix: 'put-aside-azure/', content: record });
}

import { z } from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';
import { VaultShelf } from '../vault-shelf.ts';

const record = z.object({
  folder: z.string(),
  table: z.enum(['subscriptions', 'Account', 'AccessToken']),
  key: z.string(),
  index: z.number(),
  /** Character for character. */
  text: z.string(),
});

/** The user's own entries of Azure CLI files, in the vault until they come back. */
export type AzurePutAside = VaultShelf<z.infer<typeof record>>;

export function azurePutAside(secrets: SecretStore): AzurePutAside {
  return new VaultShelf({ secrets, prefix: 'put-aside-azure/', content: record });
}

import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';
import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import type { SecretStore } from '../../vault/secret-store.ts';

/** The kept tokens of one integration, as MSAL reads and writes them. */
const nameOf = (integrationId: string) => `integration/${integrationId}/azure-tokens`;

/** What the cache begins with. */
export type Beginning =
  /** All that is kept. */
  | 'kept'
  /** Without access tokens, so that new ones are obtained. */
  | 'without-access-tokens'
  /** Nothing: what is obtained now takes the place of all that is kept. */
  | 'empty';

/**
 * MSAL's token caches, in the vault. MSAL reads before and writes after each use; nothing else is
 * written between the two where it is about to write, so that no refresh token is lost.
 */
export class TokenCaches {
  readonly #secrets: SecretStore;
  readonly #writes = new KeyedMutex();

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  plugin(integrationId: string, beginning: Beginning): ICachePlugin {
    const name = nameOf(integrationId);
    let isFirst = true;
    let release = (): void => undefined;
    const read = async ({ tokenCache }: TokenCacheContext) => {
      const how = isFirst ? beginning : 'kept';
      isFirst = false;
      // What this use writes takes the place of all that is there.
      if (how === 'empty') return;
      const kept = await this.#secrets.get(name);
      if (kept === undefined) return;
      tokenCache.deserialize(how === 'kept' ? kept : withoutAccessTokens(kept));
    };
    return {
      beforeCacheAccess: async (context) => {
        // Set by MSAL beforehand where it is going to write.
        if (context.cacheHasChanged) release = await this.#writes.acquire(name);
        await read(context).catch((error: unknown) => {
          release();
          throw error;
        });
      },
      afterCacheAccess: async ({ cacheHasChanged, tokenCache }) => {
        if (!cacheHasChanged) return;
        try {
          await this.#secrets.set(name, tokenCache.serialize());
        } finally {
          release();
        }
      },
    };
  }

  async forget(integrationId: string): Promise<void> {
    await this.#secrets.delete(nameOf(integrationId));
  }
}

function withoutAccessTokens(cache: string): string {
  return JSON.stringify({ ...(JSON.parse(cache) as object), AccessToken: {} });
}

import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';
import * as z from 'zod';
import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import { readCached } from '../../vault/read-secret.ts';
import type { SecretStore } from '../../vault/secret-store.ts';

/** The kept tokens of one integration, as MSAL reads and writes them. */
const nameOf = (integrationId: string) => `integration/${integrationId}/azure-tokens`;

/** A part of MSAL's cache: its entries by their keys. */
const entries = z.record(z.string(), z.looseObject({}));
const cacheSchema = z.looseObject({
  Account: entries.optional(),
  IdToken: entries.optional(),
  AccessToken: entries.optional(),
  RefreshToken: entries.optional(),
  AppMetadata: entries.optional(),
});

/** What the cache begins with. */
export type Beginning =
  /** All that is kept. */
  | 'kept'
  /** Without access tokens, so that new ones are obtained. */
  | 'without-access-tokens';

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
      const kept = await readCached(this.#secrets, name, cacheSchema);
      if (kept === undefined) return;
      const cache = how === 'kept' ? kept : { ...kept, AccessToken: {} };
      tokenCache.deserialize(JSON.stringify(cache));
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

  /** Keeps what a new sign-in brought instead of all that was kept. */
  async replace(integrationId: string, cache: NewTokenCache): Promise<void> {
    const name = nameOf(integrationId);
    await this.#writes.run(name, () => this.#secrets.set(name, cache.content));
  }

  async forget(integrationId: string): Promise<void> {
    await this.#secrets.delete(nameOf(integrationId));
  }
}

/** The tokens of a sign-in that is under way: in memory, and empty at first. */
export class NewTokenCache {
  #content = '{}';

  get content(): string {
    return this.#content;
  }

  get plugin(): ICachePlugin {
    return {
      beforeCacheAccess: ({ tokenCache }) => {
        tokenCache.deserialize(this.#content);
        return Promise.resolve();
      },
      afterCacheAccess: ({ cacheHasChanged, tokenCache }) => {
        if (cacheHasChanged) this.#content = tokenCache.serialize();
        return Promise.resolve();
      },
    };
  }
}

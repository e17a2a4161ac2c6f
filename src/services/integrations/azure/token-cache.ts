import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node';
import type { Clock } from '../../clock/clock.ts';
import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import { readCached } from '../../vault/read-secret.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { cacheSchema, laterBy } from './token-times.ts';

/** The kept tokens of one integration, as MSAL reads and writes them. */
const nameOf = (integrationId: string) => `integration/${integrationId}/azure-tokens`;

/** What the cache begins with. */
export type Beginning =
  /** All that is kept. */
  | 'kept'
  /** Without access tokens, so that new ones are obtained. */
  | 'without-access-tokens';

/**
 * MSAL's token caches, in the vault. MSAL reads before and writes after each use; nothing else is
 * written between the two where it is about to write, so that no refresh token is lost. MSAL counts by
 * this machine's clock. In the vault the times are of elapsed time, so that a clock that somebody sets back
 * makes no token valid again.
 */
export class TokenCaches {
  readonly #secrets: SecretStore;
  readonly #elapsed: Pick<Clock, 'offset'>;
  readonly #writes = new KeyedMutex();

  constructor(secrets: SecretStore, elapsed: Pick<Clock, 'offset'>) {
    this.#secrets = secrets;
    this.#elapsed = elapsed;
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
      tokenCache.deserialize(JSON.stringify(laterBy(-this.#offset, cache)));
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
          await this.#set(name, tokenCache.serialize());
        } finally {
          release();
        }
      },
    };
  }

  /** Keeps what a new sign-in brought instead of all that was kept. */
  async replace(integrationId: string, cache: NewTokenCache): Promise<void> {
    const name = nameOf(integrationId);
    await this.#writes.run(name, () => this.#set(name, cache.content));
  }

  async forget(integrationId: string): Promise<void> {
    await this.#secrets.delete(nameOf(integrationId));
  }

  /** Milliseconds by which elapsed time is ahead of this machine's clock. */
  get #offset(): number {
    return this.#elapsed.offset ?? 0;
  }

  async #set(name: string, content: string): Promise<void> {
    const kept = cacheSchema.parse(JSON.parse(content));
    await this.#secrets.set(name, JSON.stringify(laterBy(this.#offset, kept)));
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

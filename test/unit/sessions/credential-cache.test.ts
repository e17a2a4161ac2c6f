import { describe, expect, it } from 'vitest';
import {
  CredentialCache,
  type CacheStore,
} from '../../../src/services/credentials/credential-cache.ts';

const { signal } = new AbortController();
const always = () => true;

/** Obtains `first`, `second`, … when the test lets it. */
function source() {
  const waiting: ((value: string) => void)[] = [];
  const calls = { count: 0 };
  return {
    calls,
    obtain: () => {
      calls.count += 1;
      return new Promise<string>((resolve) => waiting.push(resolve));
    },
    answer: (value: string) => waiting.shift()?.(value),
  };
}

/** A cache that holds `value` under `key`. */
async function holding(value: string): Promise<CredentialCache<string>> {
  const cache = new CredentialCache<string>();
  await cache.put('key', value);
  return cache;
}

function storeInMemory(): CacheStore<string> & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    read: (key) => Promise.resolve(entries.get(key)),
    write: (key, value) => Promise.resolve(void entries.set(key, value)),
    remove: (key) => Promise.resolve(void entries.delete(key)),
  };
}

describe('a cache of credentials', () => {
  it('obtains a value once for all who ask at the same time, and keeps it', async () => {
    const cache = new CredentialCache<string>();
    const { obtain, answer, calls } = source();
    const request = { signal, isUsable: always, obtain };
    const all = [cache.get('key', request), cache.get('key', request)];
    await Promise.resolve();
    answer('first');
    expect(await Promise.all(all)).toEqual(['first', 'first']);
    expect(await cache.get('key', request)).toBe('first');
    expect(calls.count).toBe(1);
  });

  it('obtains another value where the kept one is not usable any more', async () => {
    const cache = await holding('old');
    const { obtain, answer } = source();
    const got = cache.get('key', { signal, isUsable: (value) => value !== 'old', obtain });
    await Promise.resolve();
    answer('new');
    expect(await got).toBe('new');
    expect(cache.peek('key')).toBe('new');
  });

  it('obtains another value where that is forced', async () => {
    const cache = await holding('usable');
    const { obtain, answer } = source();
    const got = cache.get('key', { signal, isUsable: always, force: true, obtain });
    answer('fresh');
    expect(await got).toBe('fresh');
    expect(cache.peek('key')).toBe('fresh');
  });

  it('keeps what it has where nothing else can be obtained', async () => {
    const cache = await holding('old');
    const obtain = () => Promise.reject(new Error('unreachable'));
    const got = cache.get('key', { signal, isUsable: () => false, obtain });
    await expect(got).rejects.toThrow('unreachable');
    expect(cache.peek('key')).toBe('old');
  });

  it('does not put back what was being obtained when it was forgotten', async () => {
    const cache = new CredentialCache<string>();
    const { obtain, answer, calls } = source();
    const request = { signal, isUsable: always, obtain };
    const before = cache.get('key', request);
    await Promise.resolve();
    await cache.forget('key');
    const after = cache.get('key', request);
    await Promise.resolve();
    expect(calls.count).toBe(2);
    answer('of the ended sign-in');
    expect(await before).toBe('of the ended sign-in');
    expect(cache.peek('key')).toBeUndefined();
    answer('of the new sign-in');
    expect(await after).toBe('of the new sign-in');
    expect(cache.peek('key')).toBe('of the new sign-in');
  });

  it('cancels the work when the last who waited has given up', async () => {
    const cache = new CredentialCache<string>();
    const leaving = new AbortController();
    let reason: unknown;
    const got = cache.get('key', {
      signal: leaving.signal,
      isUsable: always,
      obtain: (shared) =>
        new Promise((_, reject) => {
          shared.addEventListener('abort', () => {
            reason = shared.reason;
            reject(shared.reason as Error);
          });
        }),
    });
    await Promise.resolve();
    leaving.abort(new Error('stopped'));
    await expect(got).rejects.toThrow('stopped');
    expect(reason).toEqual(new Error('stopped'));
  });
});

describe('a cache with a store', () => {
  it('reads what another process kept, once', async () => {
    const store = storeInMemory();
    store.entries.set('key', 'kept');
    const cache = new CredentialCache<string>({ store });
    expect(await cache.kept('key')).toBe('kept');
    store.entries.clear();
    expect(await cache.kept('key')).toBe('kept');
  });

  it('does not put back what was being read when it was forgotten', async () => {
    const store = storeInMemory();
    store.entries.set('key', 'kept');
    const cache = new CredentialCache<string>({ store });
    const reading = cache.kept('key');
    await cache.forget('key');
    expect(await reading).toBeUndefined();
    expect(cache.peek('key')).toBeUndefined();
    expect(store.entries.size).toBe(0);
  });

  it('drops a value from memory although the store cannot remove it', async () => {
    const store = { ...storeInMemory(), remove: () => Promise.reject(new Error('locked')) };
    const cache = new CredentialCache<string>({ store });
    await cache.put('key', 'value');
    await expect(cache.forget('key')).rejects.toThrow('locked');
    expect(cache.peek('key')).toBeUndefined();
  });

  it('keeps nothing that the store did not take', async () => {
    const store = { ...storeInMemory(), write: () => Promise.reject(new Error('disk full')) };
    const cache = new CredentialCache<string>({ store });
    await expect(cache.put('key', 'value')).rejects.toThrow('disk full');
    expect(cache.peek('key')).toBeUndefined();
  });

  it('is as inaccessible as the store where nothing may stay in memory', async () => {
    const store = storeInMemory();
    const cache = new CredentialCache<string>({ store, inMemory: false });
    await cache.put('key', 'value');
    expect(cache.peek('key')).toBeUndefined();
    expect(await cache.kept('key')).toBe('value');
    store.read = () => Promise.reject(new Error('locked'));
    await expect(cache.kept('key')).rejects.toThrow('locked');
  });
});

describe('a cache that does not wait for its store', () => {
  /** A store whose writes end when the test lets them. */
  function slowStore() {
    const store = storeInMemory();
    const { promise: written, resolve: allow, reject: refuse } = Promise.withResolvers<undefined>();
    const cache = new CredentialCache<string>({
      store: {
        ...store,
        write: async (key, value) => {
          await written;
          await store.write(key, value);
        },
      },
      inMemory: false,
      waitsForStore: false,
    });
    return { cache, allow, refuse, entries: store.entries };
  }
  const request = (value: string) => ({
    signal,
    isUsable: always,
    obtain: () => Promise.resolve(value),
  });

  it('gives what it obtained meanwhile, to the next caller too, and stores it', async () => {
    const { cache, allow, entries } = slowStore();
    expect(await cache.get('key', request('first'))).toBe('first');
    expect(await cache.get('key', request('second'))).toBe('first');
    expect(entries.size).toBe(0);
    allow(undefined);
    await expect.poll(() => entries.get('key')).toBe('first');
    expect(await cache.get('key', request('third'))).toBe('first');
  });

  it('obtains another where it could not be stored, and keeps nothing in memory', async () => {
    const { cache, refuse } = slowStore();
    expect(await cache.get('key', request('first'))).toBe('first');
    refuse(new Error('the disk is full'));
    await expect.poll(() => cache.kept('key')).toBeUndefined();
    expect(await cache.get('key', request('second'))).toBe('second');
  });

  it('forgets what is still on its way', async () => {
    const { cache } = slowStore();
    await cache.get('key', request('first'));
    await cache.forget('key');
    expect(await cache.get('key', request('second'))).toBe('second');
  });
});

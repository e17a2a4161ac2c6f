import type { Keychain } from '../../src/services/vault/keychain.ts';

/**
 * A keychain that forgets everything with the test. A vault in it opens at once; one with a
 * passphrase takes a third of a second of computing each time. `ofOthers`: items of other services.
 */
export function keychainInMemory(
  ofOthers: Readonly<Record<string, ReadonlyMap<string, string>>> = {},
): Keychain {
  const items = new Map<string, string>();
  return {
    isLocked: () => Promise.resolve(false),
    ofService: (service) => ({
      read: (account) => Promise.resolve(ofOthers[service]?.get(account)),
    }),
    read: (account) => Promise.resolve(items.get(account)),
    write(account, value) {
      items.set(account, value);
      return Promise.resolve();
    },
    remove(account) {
      items.delete(account);
      return Promise.resolve();
    },
  };
}

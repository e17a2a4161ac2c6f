import type { Keychain } from '../../src/services/vault/keychain.ts';

/**
 * A keychain that forgets everything with the test. A vault in it opens at once; one with a
 * passphrase takes a third of a second of computing each time.
 */
export function keychainInMemory(): Keychain {
  const items = new Map<string, string>();
  return {
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

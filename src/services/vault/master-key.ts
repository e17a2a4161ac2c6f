import type { Keychain, Patience } from './keychain.ts';
import { readMasterKey } from './keychain-key.ts';
import { unwrapKey, type WrappedKey } from './passphrase-key.ts';
import type { VaultHeader } from './vault-file.ts';
import { lockedProblem } from './vault-locked.ts';

/**
 * The master key that a header names. Throws Problem 'vault-locked' (passphrase missing or wrong),
 * 'keychain-unavailable', or 'vault-unreadable' if the keychain does not have it.
 */
export async function masterKeyOf(
  { key, vaultId }: VaultHeader,
  given: {
    readonly file: string;
    readonly keychain: Keychain;
    readonly passphrase: string | undefined;
    readonly patience: Patience | undefined;
  },
): Promise<Buffer> {
  return key.method === 'keychain'
    ? await readMasterKey(given.keychain, vaultId, given.file, given.patience)
    : await keyFromPassphrase(key, given.passphrase);
}

async function keyFromPassphrase(key: WrappedKey, passphrase: string | undefined): Promise<Buffer> {
  if (passphrase === undefined) throw lockedProblem('its passphrase is needed');
  const masterKey = await unwrapKey(key, passphrase);
  if (!masterKey) throw lockedProblem('that passphrase does not open it');
  return masterKey;
}

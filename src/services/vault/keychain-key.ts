import { Problem } from '../../models/problem.ts';
import type { Keychain, Patience } from './keychain.ts';
import { masterKeyBytes, unreadable } from './vault-file.ts';

/** One item per vault: its name distinguishes two homes of one user. */
export function keychainAccount(vaultId: string): string {
  return `vault ${vaultId}`;
}

/** Throws Problem 'keychain-unavailable', or 'vault-unreadable' if the keychain does not have its key. */
export async function readMasterKey(
  keychain: Keychain,
  vaultId: string,
  file: string,
  patience: Patience | undefined,
): Promise<Buffer> {
  const item = await keychain.read(keychainAccount(vaultId), patience);
  if (item === undefined) {
    throw unreadable(file, `the keychain has no item "${keychainAccount(vaultId)}" of stint`);
  }
  const key = Buffer.from(item, 'base64');
  if (key.length !== masterKeyBytes)
    throw unreadable(file, 'the item in the keychain is not a key');
  return key;
}

/** Stores the key and checks that it can be read back. Throws Problem 'keychain-unavailable'. */
export async function storeMasterKey(
  keychain: Keychain,
  vaultId: string,
  key: Buffer,
  patience: Patience | undefined,
): Promise<void> {
  const account = keychainAccount(vaultId);
  const value = key.toString('base64');
  await keychain.write(account, value, patience);
  if ((await keychain.read(account, patience)) !== value) {
    throw new Problem('keychain-unavailable', {
      detail: 'The keychain did not keep what was stored in it.',
      next: 'Set STINT_SECRETS=passphrase to protect the secrets with a passphrase instead.',
    });
  }
}

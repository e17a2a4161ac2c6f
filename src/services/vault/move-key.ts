import { Problem } from '../../models/problem.ts';
import { keychainAccount, storeMasterKey } from './keychain-key.ts';
import type { Keychain, Patience } from './keychain.ts';
import type { PassphraseAttempts } from './passphrase-attempts.ts';
import {
  checkNewPassphrase,
  otherMethodSet,
  unwrapKey,
  wrapKey,
  wrongCurrent,
} from './passphrase-key.ts';
import type { RewrapSecrets, VaultMethod } from './vault-contract.ts';
import type { VaultHeader } from './vault-file.ts';

interface OpenKey {
  readonly header: VaultHeader;
  readonly masterKey: Buffer;
}

/**
 * Refuses a change of the key that may not be made. `wanted`: what `STINT_SECRETS` says. Throws Problem
 * 'invalid-request', 'too-many-attempts'.
 */
export async function checkRewrap(
  method: VaultMethod,
  given: RewrapSecrets & { readonly open: OpenKey; readonly wanted: VaultMethod | undefined },
  attempts: PassphraseAttempts,
): Promise<void> {
  const { open, wanted, current = '', passphrase = '' } = given;
  const { key } = open.header;
  if (wanted !== undefined && wanted !== method) throw otherMethodSet(wanted);
  if (method === 'passphrase') checkNewPassphrase(passphrase);
  if (key.method === 'keychain') return;
  await attempts.limit(
    async () => {
      const proven = await unwrapKey(key, current);
      const isRight = proven?.equals(open.masterKey) === true;
      proven?.fill(0);
      if (!isRight) throw wrongCurrent();
    },
    () => true,
  );
}

/**
 * Moves the master key, or wraps it with another passphrase. Returns what a person should know about
 * it, or ''. Throws Problem 'invalid-request', 'keychain-unavailable' and what `write` throws.
 */
export async function moveKey(
  method: VaultMethod,
  passphrase: string | undefined,
  {
    keychain,
    open: { header, masterKey },
    patience,
    write,
  }: {
    readonly keychain: Keychain;
    readonly open: OpenKey;
    readonly patience: Patience;
    readonly write: (header: VaultHeader) => Promise<void>;
  },
): Promise<string> {
  const { vaultId } = header;
  if (method === 'keychain') {
    await storeMasterKey(keychain, vaultId, masterKey, patience);
    await write({ ...header, key: { method } });
    return '';
  }
  checkNewPassphrase(passphrase ?? '');
  const wrapped = await wrapKey(masterKey, passphrase ?? '');
  await write({ ...header, key: { method, ...wrapped } });
  if (header.key.method !== 'keychain') return '';
  try {
    await keychain.remove(keychainAccount(vaultId));
    return '';
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return ` The keychain still has its old item. ${problem.message}`;
  }
}

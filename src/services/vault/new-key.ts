import { randomBytes, randomUUID } from 'node:crypto';
import { Problem } from '../../models/problem.ts';
import type { Keychain, Patience } from './keychain.ts';
import { storeMasterKey } from './keychain-key.ts';
import { checkNewPassphrase, wrapKey } from './passphrase-key.ts';
import type { VaultKey } from './stash-copy.ts';
import type { VaultMethod } from './vault-contract.ts';
import { masterKeyBytes, type VaultHeader } from './vault-file.ts';
import { noPassphraseYet } from './vault-locked.ts';
import type { VaultState } from './vault-state.ts';

/**
 * The key of a new vault, kept where `method` says; without one in the keychain, or behind the
 * passphrase where the keychain does not answer. Says in `state` what a person has to give. Throws
 * Problem 'vault-locked' (a passphrase is needed), 'keychain-unavailable', 'invalid-request'.
 */
export async function newVaultKey(
  given: {
    readonly method: VaultMethod | undefined;
    readonly keychain: Keychain;
    readonly passphrase: string | undefined;
    readonly patience: Patience | undefined;
  },
  state: VaultState,
): Promise<VaultKey> {
  const { method, keychain, passphrase, patience } = given;
  const vaultId = randomUUID();
  const masterKey = randomBytes(masterKeyBytes);
  // A person who gives a passphrase was asked for it because the keychain did not answer.
  if (method === 'keychain' || (!method && !patience)) {
    state.method = state.needs = 'keychain';
    try {
      await storeMasterKey(keychain, vaultId, masterKey, patience);
      return { header: headerOf(vaultId, { method: 'keychain' }), masterKey };
    } catch (problem) {
      if (method || !(problem instanceof Problem) || problem.code !== 'keychain-unavailable') {
        throw problem;
      }
      state.keychainFailure = problem;
    }
  }
  state.method = 'passphrase';
  state.needs = 'new-passphrase';
  if (passphrase === undefined) throw noPassphraseYet(state.keychainFailure);
  checkNewPassphrase(passphrase);
  const wrapped = await wrapKey(masterKey, passphrase);
  return { header: headerOf(vaultId, { method: 'passphrase', ...wrapped }), masterKey };
}

function headerOf(vaultId: string, key: VaultHeader['key']): VaultHeader {
  return { format: 'stint-vault', version: 1, vaultId, key };
}

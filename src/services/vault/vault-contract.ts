import type { Keychain } from './keychain.ts';
import type { SecretStore } from './secret-store.ts';
import type { VaultHeader } from './vault-file.ts';

/** Where the master key is: an item of the OS keychain, or wrapped by a passphrase. */
export type VaultMethod = VaultHeader['key']['method'];

export interface VaultStatus {
  readonly locked: boolean;
  readonly method: VaultMethod;
  /** The state, in words. */
  readonly detail: string;
  /** What `unlock` needs: the vault's passphrase, a new one to be chosen, or only to be tried again. */
  readonly needs?: 'passphrase' | 'new-passphrase' | 'keychain' | undefined;
}

/** All secrets, in one encrypted file that one master key opens. */
export interface Vault extends SecretStore {
  status(): VaultStatus;
  /** Throws Problem 'vault-locked' or 'vault-unreadable' unless the secrets are at hand. */
  requireOpen(): void;
  /**
   * Opens the vault; where there is none yet, makes it with this passphrase (at least 8 characters).
   * For a vault in the keychain the passphrase is not looked at. Throws Problem 'vault-locked' (wrong
   * passphrase), 'keychain-unavailable', 'vault-unreadable', 'invalid-request', 'file-unwritable'.
   */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the master key and all secrets until the next unlock. */
  lock(): void;
  /** Moves the master key, or changes the passphrase. Throws as `unlock` does, having changed nothing. */
  rewrap(method: VaultMethod, passphrase?: string): Promise<void>;
}

export interface VaultOptions {
  readonly file: string;
  /** `STINT_SECRETS`; without it what the file says, for a new one the keychain if it answers. */
  readonly method?: VaultMethod | undefined;
  /** `STINT_PASSPHRASE`. */
  readonly passphrase?: string | undefined;
  readonly keychain: Keychain;
}

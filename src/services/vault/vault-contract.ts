import type { Keychain } from './keychain.ts';
import type { SecretStore } from './secret-store.ts';
import type { VaultHeader } from './vault-file.ts';

/** Where the master key is: an item of the OS keychain, or wrapped by a passphrase. */
export type VaultMethod = VaultHeader['key']['method'];

export interface VaultStatus {
  readonly locked: boolean;
  readonly method: VaultMethod;
  /** Its state, for a person. */
  readonly detail: string;
  /** What `unlock` needs: the vault's passphrase, a new one, or only another try. */
  readonly needs?: 'passphrase' | 'new-passphrase' | 'keychain' | undefined;
}

/** All secrets, in one encrypted file that one master key opens. */
export interface Vault extends SecretStore {
  status(): VaultStatus;
  /** Throws Problem 'vault-locked' or 'vault-unreadable' unless the secrets are available. */
  requireOpen(): void;
  /**
   * Opens the vault, or makes one with this passphrase if there is none (at least 8 characters).
   * A vault in the keychain ignores the passphrase. Throws Problem 'vault-locked' (wrong
   * passphrase), 'keychain-unavailable', 'vault-unreadable', 'invalid-request', 'file-unwritable'.
   */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the master key and all secrets until the next unlock. */
  lock(): void;
  /** Moves the master key, or changes the passphrase. Throws as `unlock` does, and then changes nothing. */
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

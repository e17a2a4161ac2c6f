import type { Clock } from '../clock/clock.ts';
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
  /** What to do about it while it is locked. */
  readonly next?: string | undefined;
  /** What `unlock` needs: the vault's passphrase, a new one, or only another try. */
  readonly needs?: 'passphrase' | 'new-passphrase' | 'keychain' | undefined;
  /** Why the keychain could not be used, if it opens once that is over. */
  readonly keychainFailure?: string;
}

export interface VaultRestore {
  /** The new names of what was there. */
  readonly kept: readonly string[];
  /** When the version that counts now was written; none for an empty vault. */
  readonly writtenAt?: string;
}

export interface RewrapSecrets {
  /** Needed where a passphrase opens the vault now. */
  readonly current?: string | undefined;
  /** The new one, for the method `passphrase`. */
  readonly passphrase?: string | undefined;
}

/** All secrets, in one encrypted file that one master key opens. */
export interface Vault extends SecretStore {
  status(): VaultStatus;
  /** Throws Problem 'vault-locked' or 'vault-unreadable' unless the secrets are available. */
  requireOpen(): void;
  /**
   * Opens the vault, or makes one with this passphrase if there is none (at least 8 characters).
   * A vault in the keychain ignores the passphrase. Throws Problem 'vault-locked' (wrong
   * passphrase), 'too-many-attempts', 'keychain-unavailable', 'vault-unreadable', 'invalid-request', 'file-unwritable'.
   */
  unlock(passphrase: string): Promise<void>;
  /**
   * Opens the vault if only the keychain was missing and a person has unlocked it meanwhile. True if
   * it is open now. `ifUnsure`: whether to ask a keychain that does not say whether it is locked,
   * which can put its question on the screen.
   */
  retryKeychain(options: { readonly ifUnsure: boolean }): Promise<boolean>;
  /**
   * Forgets the master key and all secrets until the next unlock: nothing is readable once it is
   * called. Resolves when the key is overwritten. `why`: continues "The vault is locked:".
   */
  lock(why?: string): Promise<void>;
  /**
   * Puts the version before, or a new and empty vault, in the place of one that is lost; opens it as
   * far as that goes without a person. What was there is renamed. Throws Problem 'not-found' (no
   * version before), 'already-exists' (the vault is not lost), 'file-unwritable', 'file-unreadable'.
   */
  restore(from: 'previous' | 'nothing'): Promise<VaultRestore>;
  /**
   * Moves the master key, or changes the passphrase, in the vault and in its copies. Killed at any
   * moment, the vault opens with the old passphrase or the new one. Throws Problem 'invalid-request'
   * (wrong current passphrase, new one too short, another method set by `STINT_SECRETS`),
   * 'too-many-attempts', and as `unlock` does; nothing is changed then.
   */
  rewrap(method: VaultMethod, given: RewrapSecrets): Promise<void>;
}

export interface VaultOptions {
  readonly file: string;
  /** `STINT_SECRETS`; without it what the file says, for a new one the keychain if it answers. */
  readonly method?: VaultMethod | undefined;
  /** Of the waits after wrong passphrases; the system's if omitted. */
  readonly clock?: Pick<Clock, 'now'>;
  /** `STINT_PASSPHRASE`. */
  readonly passphrase?: string | undefined;
  readonly keychain: Keychain;
  /** Whether something outside says that there are secrets: a missing vault is lost then, not new. */
  readonly isExpected?: () => boolean;
}

/**
 * Named secrets. Implementations throw Problem 'vault-locked' while the master key is not available;
 * a secret that cannot be decrypted is reported, never removed.
 */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  /** Removing a secret that does not exist is not a failure. */
  delete(name: string): Promise<void>;
  /** Whether there is no such secret; false while the master key is not available. */
  lacks(name: string): boolean;
  /** Names only, in no order. */
  names(): Promise<readonly string[]>;
  /** Called for an entry whose content this version cannot use. `why`: fields and rules, no value. */
  reportUnusable?(name: string, why: string): void;
}

/**
 * Named secrets. Implementations throw `Problem('vault-locked')` while the master key is not at
 * hand; a secret that cannot be decrypted is reported, never removed.
 */
export interface SecretStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  /** Removing a secret that is not there is no failure. */
  delete(name: string): Promise<void>;
  /** Names only, in no order. */
  names(): Promise<readonly string[]>;
}

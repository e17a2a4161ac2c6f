import type { Problem } from '../../models/problem.ts';
import type { VaultMethod, VaultStatus } from './vault-contract.ts';
import { lockedProblem } from './vault-locked.ts';
import type { OpenVault } from './write-vault.ts';

/** Whether a vault is open, what opens it, and what it says to a person. */
export class VaultState {
  /** What opens it, or a new one. */
  method: VaultMethod;
  needs: VaultStatus['needs'];
  /** Why it is locked. */
  refusal: Problem = lockedProblem('it has not been opened yet');
  /** What a person should know although it is open. */
  remark = '';
  /** Why the keychain could not be used. While it is set, another try may succeed. */
  keychainFailure: Problem | undefined;
  #open: OpenVault | undefined;

  constructor(method: VaultMethod) {
    this.method = method;
  }

  get open(): OpenVault | undefined {
    return this.#open;
  }

  /** Throws why it is locked. */
  unlocked(): OpenVault {
    if (!this.#open) throw this.refusal;
    return this.#open;
  }

  opened(open: OpenVault): void {
    this.#open = open;
    this.method = open.header.key.method;
    this.needs = undefined;
    this.keychainFailure = undefined;
  }

  /** `why`: continues "The vault is locked:". The master key is the caller's to overwrite. */
  locked(why: string): Buffer | undefined {
    const masterKey = this.#open?.masterKey;
    if (masterKey === undefined) return undefined;
    this.#open = undefined;
    this.needs = this.method;
    this.keychainFailure = undefined;
    this.refusal = lockedProblem(why);
    return masterKey;
  }

  status(): VaultStatus {
    const where = this.method === 'keychain' ? 'in the keychain' : 'protected by a passphrase';
    return {
      locked: !this.#open,
      method: this.method,
      detail: this.#open
        ? `The vault is open; its key is ${where}.${this.remark}`
        : this.refusal.message,
      ...(this.#open ? {} : { next: this.refusal.details.next }),
      ...(this.needs ? { needs: this.needs } : {}),
      ...(this.keychainFailure ? { keychainFailure: this.keychainFailure.details.detail } : {}),
    };
  }
}

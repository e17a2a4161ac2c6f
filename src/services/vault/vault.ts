import { randomBytes, randomUUID } from 'node:crypto';
import { Problem } from '../../models/problem.ts';
import { Mutex } from '../concurrency/mutex.ts';
import { readStamped, replaceFile } from '../files/private-file.ts';
import { systemClock } from '../clock/clock.ts';
import type { Patience } from './keychain.ts';
import { storeMasterKey, keychainAccount } from './keychain-key.ts';
import { PassphraseAttempts } from './passphrase-attempts.ts';
import { checkNewPassphrase, wrapKey } from './passphrase-key.ts';
import { checkRewrap, moveKey } from './move-key.ts';
import { masterKeyOf } from './master-key.ts';
import { StashCopy } from './stash-copy.ts';
import { requireLost, withAdvice } from './restore-vault.ts';
import type {
  RewrapSecrets,
  Vault,
  VaultMethod,
  VaultOptions,
  VaultRestore,
  VaultStatus,
} from './vault-contract.ts';
import { finishRewrap, leavesTraces, setVaultAside, stashFileOf } from './vault-copies.ts';
import {
  masterKeyBytes,
  openEnvelope,
  readEnvelope,
  type Secrets,
  type VaultHeader,
} from './vault-file.ts';
import { asRefusal, goneVault, lockedProblem, noPassphraseYet } from './vault-locked.ts';
import { writeNewVault, writeVault, type OpenVault } from './write-vault.ts';

export type { Vault } from './vault-contract.ts';

/**
 * Opens the vault as far as that goes without a person, making a new one where there is none. A
 * vault that cannot be opened is returned locked and says why. Throws only for bugs.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const vault = new FileVault(options);
  await vault.openUnattended();
  return vault;
}

/** The keychain may ask its own question of a person who is there. */
const personIsThere: Patience = { milliseconds: 120_000 };

class FileVault implements Vault {
  readonly #options: VaultOptions;
  #open: OpenVault | undefined;
  /** Of the item in the keychain; of none before there is a vault. */
  #account = 'vault';
  #method: VaultMethod;
  #needs: VaultStatus['needs'];
  /** Why it is locked. */
  #refusal = lockedProblem('it has not been opened yet');
  /** What a person should know although it is open. */
  #remark = '';
  /** Why the keychain could not be used. While it is set, another try may succeed. */
  #keychainFailure: Problem | undefined;
  readonly #changes = new Mutex();
  readonly #stashCopy: StashCopy;
  /** A person asked for a vault with nothing in it. */
  #isNew = false;
  readonly #attempts: PassphraseAttempts;
  /** The one that the owner was started with, until the vault is locked. */
  #passphrase: string | undefined;
  /** Keys that a lock has taken and that are to be overwritten. */
  readonly #usedKeys: Buffer[] = [];

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#stashCopy = new StashCopy(stashFileOf(options.file));
    this.#method = options.method ?? 'keychain';
    this.#passphrase = options.passphrase;
    this.#attempts = new PassphraseAttempts(options.clock ?? systemClock);
  }

  status(): VaultStatus {
    const where = this.#method === 'keychain' ? 'in the keychain' : 'protected by a passphrase';
    return {
      locked: !this.#open,
      method: this.#method,
      detail: this.#open
        ? `The vault is open; its key is ${where}.${this.#remark}`
        : this.#refusal.message,
      ...(this.#open ? {} : { next: this.#refusal.details.next }),
      ...(this.#needs ? { needs: this.#needs } : {}),
      ...(this.#keychainFailure ? { keychainFailure: this.#keychainFailure.details.detail } : {}),
    };
  }

  requireOpen(): void {
    this.#unlocked();
  }

  get(name: string): Promise<string | undefined> {
    const rescued = this.#open ? undefined : this.#stashCopy.rescued.get(name);
    return rescued === undefined
      ? this.#read((secrets) => secrets.get(name))
      : Promise.resolve(rescued);
  }

  names(): Promise<readonly string[]> {
    return this.#read((secrets) => [...secrets.keys()]);
  }

  set(name: string, value: string): Promise<void> {
    return this.#change((secrets) => secrets.set(name, value));
  }

  delete(name: string): Promise<void> {
    return this.#change((secrets) => secrets.delete(name), name);
  }

  async lock(why = 'it was locked'): Promise<void> {
    this.#passphrase = undefined;
    this.#forget(why);
    // Once more in turn: an unlock that is under way must not leave it open.
    await this.#changes.run(() => {
      this.#forget(why);
      for (const key of this.#usedKeys.splice(0)) key.fill(0);
      return Promise.resolve();
    });
  }

  #forget(why: string): void {
    this.#stashCopy.forget();
    if (!this.#open) return;
    // A write that is under way still seals with it; it is overwritten after that.
    this.#usedKeys.push(this.#open.masterKey);
    this.#open = undefined;
    this.#needs = this.#method;
    this.#keychainFailure = undefined;
    this.#refusal = lockedProblem(why);
  }

  unlock(passphrase: string): Promise<void> {
    return this.#changes.run(async () => {
      const isWrong = () => this.#needs === 'passphrase';
      const open = () => this.#openWith(passphrase, personIsThere);
      if (!this.#open) await this.#attempts.limit(open, isWrong);
      await this.#moveToWantedMethod(passphrase);
    });
  }

  async retryKeychain({ ifUnsure }: { readonly ifUnsure: boolean }): Promise<boolean> {
    if (!this.#open && this.#keychainFailure) {
      const isLocked = await this.#options.keychain.isLocked(this.#account);
      if (isLocked === false || (isLocked === undefined && ifUnsure)) await this.openUnattended();
    }
    return !this.status().locked;
  }

  rewrap(method: VaultMethod, given: RewrapSecrets): Promise<void> {
    return this.#changes.run(async () => {
      const { method: wanted } = this.#options;
      await checkRewrap(method, { ...given, open: this.#unlocked(), wanted }, this.#attempts);
      await this.#rewrap(method, given.passphrase);
      this.#passphrase = undefined;
    });
  }

  restore(from: 'previous' | 'nothing'): Promise<VaultRestore> {
    return this.#changes.run(async () => {
      const { file } = this.#options;
      const previous = await requireLost(file, { from, isOpen: this.#open !== undefined });
      const now = systemClock.now();
      if (this.#open) {
        // What is in memory is newer than any file.
        const kept = await setVaultAside(file, { withCopies: false, now });
        await this.#write(undefined, (secrets) => secrets);
        return { kept };
      }
      const kept = await setVaultAside(file, { withCopies: previous === undefined, now });
      if (previous !== undefined) await replaceFile(file, previous.text);
      this.#isNew = previous === undefined;
      await this.#tryOpen();
      return { kept, ...(previous === undefined ? {} : { writtenAt: previous.writtenAt }) };
    });
  }

  openUnattended(): Promise<void> {
    return this.#changes.run(() => this.#tryOpen());
  }

  async #tryOpen(): Promise<void> {
    const passphrase = this.#passphrase;
    try {
      await this.#openWith(passphrase, undefined);
      await this.#moveToWantedMethod(passphrase);
    } catch (problem) {
      unlessBug(problem);
    }
  }

  async #openWith(passphrase: string | undefined, patience: Patience | undefined): Promise<void> {
    const { file, keychain } = this.#options;
    const given = { file, keychain, passphrase, patience };
    try {
      const found = await readStamped(file);
      if (!found) {
        if (!this.#isNew && (this.#options.isExpected?.() || (await leavesTraces(file)))) {
          throw goneVault(file);
        }
        await this.#makeNew(passphrase, patience);
        return;
      }
      this.#needs = undefined;
      const envelope = readEnvelope(found.bytes.toString('utf8'), file);
      const { header } = envelope;
      this.#method = this.#needs = header.key.method;
      this.#account = keychainAccount(header.vaultId);
      const masterKey = await masterKeyOf(header, given);
      const secrets = openEnvelope(envelope, masterKey, file);
      this.#opened({ header, masterKey, secrets, stamp: found.stamp });
      await finishRewrap(file, { header, sealed: found.bytes.toString('utf8') });
      // A version that was restored may be older than the copy of the stashes.
      const missing = await this.#stashCopy.align({ header, masterKey }, secrets);
      const restore = (now: Secrets) => new Map([...missing, ...now]);
      if (missing.size > 0) await this.#write(undefined, restore).catch(unlessBug);
    } catch (problem) {
      if (problem instanceof Problem) {
        this.#refusal = asRefusal(problem);
        if (problem.code === 'vault-unreadable') {
          await this.#stashCopy.rescue((header) => masterKeyOf(header, given));
          this.#refusal = await withAdvice(problem, file);
        }
        if (problem.code === 'keychain-unavailable') this.#keychainFailure = problem;
        throw this.#refusal.code === problem.code ? this.#refusal : problem;
      }
      throw problem;
    }
  }

  async #makeNew(passphrase: string | undefined, patience: Patience | undefined): Promise<void> {
    const { method, keychain } = this.#options;
    const vaultId = randomUUID();
    const masterKey = randomBytes(masterKeyBytes);
    // A person who gives a passphrase was asked for it because the keychain did not answer.
    if (method === 'keychain' || (!method && !patience)) {
      this.#method = this.#needs = 'keychain';
      try {
        await storeMasterKey(keychain, vaultId, masterKey, patience);
        await this.#writeNew({ method: 'keychain' }, vaultId, masterKey);
        return;
      } catch (problem) {
        if (method || !(problem instanceof Problem) || problem.code !== 'keychain-unavailable') {
          throw problem;
        }
        this.#keychainFailure = problem;
      }
    }
    this.#method = 'passphrase';
    this.#needs = 'new-passphrase';
    if (passphrase === undefined) throw noPassphraseYet(this.#keychainFailure);
    checkNewPassphrase(passphrase);
    const wrapped = await wrapKey(masterKey, passphrase);
    await this.#writeNew({ method: 'passphrase', ...wrapped }, vaultId, masterKey);
  }

  async #writeNew(key: VaultHeader['key'], vaultId: string, masterKey: Buffer): Promise<void> {
    const { file } = this.#options;
    const header: VaultHeader = { format: 'stint-vault', version: 1, vaultId, key };
    this.#opened(await writeNewVault(file, { header, masterKey }, this.#stashCopy));
  }

  #opened(open: OpenVault): void {
    this.#open = open;
    this.#isNew = false;
    this.#stashCopy.forget();
    this.#method = open.header.key.method;
    this.#needs = undefined;
    this.#keychainFailure = undefined;
  }

  /** `STINT_SECRETS` names another method than the file: the key moves as soon as it can. */
  async #moveToWantedMethod(passphrase: string | undefined): Promise<void> {
    const { method } = this.#options;
    this.#remark = '';
    if (!this.#open || !method || method === this.#method) return;
    if (method === 'passphrase' && passphrase === undefined) {
      this.#needs = 'new-passphrase';
      this.#remark = ' It moves to a passphrase, as STINT_SECRETS asks, once one is given.';
      return;
    }
    try {
      await this.#rewrap(method, passphrase);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#remark = ` It could not be moved as STINT_SECRETS asks: ${problem.message}`;
    }
  }

  async #rewrap(method: VaultMethod, passphrase: string | undefined): Promise<void> {
    this.#remark = await moveKey(method, passphrase, {
      keychain: this.#options.keychain,
      open: this.#unlocked(),
      patience: personIsThere,
      write: (header) => this.#write(header, (secrets) => secrets),
    });
  }

  // async so that a locked vault rejects instead of throwing
  // oxlint-disable-next-line typescript/require-await
  async #read<T>(pick: (secrets: Secrets) => T): Promise<T> {
    return pick(this.#unlocked().secrets);
  }

  /** `removed`: what is taken from the copy of the stashes where that is all there is. */
  #change(edit: (secrets: Map<string, string>) => unknown, removed?: string): Promise<void> {
    return this.#changes.run(async () => {
      if (!this.#open && removed !== undefined && this.#stashCopy.rescued.has(removed)) {
        await this.#stashCopy.removeRescued(removed);
        return;
      }
      await this.#write(undefined, (secrets) => {
        const copy = new Map(secrets);
        edit(copy);
        return copy;
      });
    });
  }

  async #write(
    newHeader: VaultHeader | undefined,
    edit: (secrets: Secrets) => Secrets,
  ): Promise<void> {
    const started = this.#unlocked();
    await writeVault(this.#options.file, started, {
      newHeader,
      edit,
      stashCopy: this.#stashCopy,
      written: (open) => {
        // It may have been locked meanwhile, which drops the key.
        if (this.#open !== started) throw this.#refusal;
        if (open !== undefined) this.#opened(open);
      },
    });
  }

  #unlocked(): OpenVault {
    if (!this.#open) throw this.#refusal;
    return this.#open;
  }
}

function unlessBug(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

import { setImmediate as immediate } from 'node:timers/promises';
import { Problem } from '../../models/problem.ts';
import { Mutex } from '../concurrency/mutex.ts';
import { readStamped, replaceFile } from '../files/private-file.ts';
import { systemClock } from '../clock/clock.ts';
import type { Patience } from './keychain.ts';
import { keychainAccount } from './keychain-key.ts';
import { PassphraseAttempts } from './passphrase-attempts.ts';
import { checkRewrap, moveKey } from './move-key.ts';
import { masterKeyOf } from './master-key.ts';
import { newVaultKey } from './new-key.ts';
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
import { openEnvelope, readEnvelope, type Secrets, type VaultHeader } from './vault-file.ts';
import { asRefusal, goneVault } from './vault-locked.ts';
import { VaultState } from './vault-state.ts';
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
  readonly #state: VaultState;
  /** Of the item in the keychain; of none before there is a vault. */
  #account = 'vault';
  readonly #changes = new Mutex();
  /** What the next write sets, until it begins. */
  #setting:
    | { readonly entries: (readonly [string, string])[]; readonly written: Promise<void> }
    | undefined;
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
    this.#state = new VaultState(options.method ?? 'keychain');
    this.#passphrase = options.passphrase;
    this.#attempts = new PassphraseAttempts(options.clock ?? systemClock);
  }

  status(): VaultStatus {
    return this.#state.status();
  }

  requireOpen(): void {
    this.#state.unlocked();
  }

  get(name: string): Promise<string | undefined> {
    const rescued = this.#state.open ? undefined : this.#stashCopy.rescued.get(name);
    return rescued === undefined
      ? this.#read((secrets) => secrets.get(name))
      : Promise.resolve(rescued);
  }

  lacks(name: string): boolean {
    return this.#state.open?.secrets.has(name) === false;
  }

  names(): Promise<readonly string[]> {
    return this.#read((secrets) => [...secrets.keys()]);
  }

  set(name: string, value: string): Promise<void> {
    const entry = [name, value] as const;
    if (this.#setting === undefined) {
      const entries = [entry];
      const written = this.#inTurn(() => this.#setAll(entries));
      this.#setting = { entries, written };
    } else this.#setting.entries.push(entry);
    return this.#setting.written;
  }

  delete(name: string): Promise<void> {
    return this.#inTurn(async () => {
      // Where the copy of the stashes is all there is.
      if (!this.#state.open && this.#stashCopy.rescued.has(name)) {
        await this.#stashCopy.removeRescued(name);
        return;
      }
      await this.#write(undefined, (secrets) => {
        const copy = new Map(secrets);
        copy.delete(name);
        return copy;
      });
    });
  }

  async lock(why = 'it was locked'): Promise<void> {
    this.#passphrase = undefined;
    this.#forget(why);
    // Once more in turn: an unlock that is under way must not leave it open.
    await this.#inTurn(() => {
      this.#forget(why);
      for (const key of this.#usedKeys.splice(0)) key.fill(0);
      return Promise.resolve();
    });
  }

  #forget(why: string): void {
    this.#stashCopy.forget();
    const masterKey = this.#state.locked(why);
    // A write that is under way still seals with it; it is overwritten after that.
    if (masterKey !== undefined) this.#usedKeys.push(masterKey);
  }

  unlock(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const isWrong = () => this.#state.needs === 'passphrase';
      const open = () => this.#openWith(passphrase, personIsThere);
      if (!this.#state.open) await this.#attempts.limit(open, isWrong);
      await this.#moveToWantedMethod(passphrase);
    });
  }

  async retryKeychain({ ifUnsure }: { readonly ifUnsure: boolean }): Promise<boolean> {
    if (!this.#state.open && this.#state.keychainFailure) {
      const isLocked = await this.#options.keychain.isLocked(this.#account);
      if (isLocked === false || (isLocked === undefined && ifUnsure)) await this.openUnattended();
    }
    return !this.status().locked;
  }

  rewrap(method: VaultMethod, given: RewrapSecrets): Promise<void> {
    return this.#inTurn(async () => {
      const { method: wanted } = this.#options;
      await checkRewrap(method, { ...given, open: this.#state.unlocked(), wanted }, this.#attempts);
      await this.#rewrap(method, given.passphrase);
      this.#passphrase = undefined;
    });
  }

  restore(from: 'previous' | 'nothing'): Promise<VaultRestore> {
    return this.#inTurn(async () => {
      const { file } = this.#options;
      const previous = await requireLost(file, { from, isOpen: this.#state.open !== undefined });
      const now = systemClock.now();
      if (this.#state.open) {
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
    return this.#inTurn(() => this.#tryOpen());
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
        const key = await newVaultKey({ ...given, method: this.#options.method }, this.#state);
        this.#opened(await writeNewVault(file, key, this.#stashCopy));
        return;
      }
      this.#state.needs = undefined;
      const envelope = readEnvelope(found.bytes.toString('utf8'), file);
      const { header } = envelope;
      this.#state.method = this.#state.needs = header.key.method;
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
        this.#state.refusal = asRefusal(problem);
        if (problem.code === 'vault-unreadable') {
          await this.#stashCopy.rescue((header) => masterKeyOf(header, given));
          this.#state.refusal = await withAdvice(problem, file);
        }
        if (problem.code === 'keychain-unavailable') this.#state.keychainFailure = problem;
        throw this.#state.refusal.code === problem.code ? this.#state.refusal : problem;
      }
      throw problem;
    }
  }

  #opened(open: OpenVault): void {
    this.#state.opened(open);
    this.#isNew = false;
    this.#stashCopy.forget();
  }

  /** `STINT_SECRETS` names another method than the file: the key moves as soon as it can. */
  async #moveToWantedMethod(passphrase: string | undefined): Promise<void> {
    const { method } = this.#options;
    this.#state.remark = '';
    if (!this.#state.open || !method || method === this.#state.method) return;
    if (method === 'passphrase' && passphrase === undefined) {
      this.#state.needs = 'new-passphrase';
      this.#state.remark = ' It moves to a passphrase, as STINT_SECRETS asks, once one is given.';
      return;
    }
    try {
      await this.#rewrap(method, passphrase);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#state.remark = ` It could not be moved as STINT_SECRETS asks: ${problem.message}`;
    }
  }

  async #rewrap(method: VaultMethod, passphrase: string | undefined): Promise<void> {
    this.#state.remark = await moveKey(method, passphrase, {
      keychain: this.#options.keychain,
      open: this.#state.unlocked(),
      patience: personIsThere,
      write: (header) => this.#write(header, (secrets) => secrets),
    });
  }

  // async so that a locked vault rejects instead of throwing
  // oxlint-disable-next-line typescript/require-await
  async #read<T>(pick: (secrets: Secrets) => T): Promise<T> {
    return pick(this.#state.unlocked().secrets);
  }

  /** One write for what is set in one turn of the event loop, such as a token and the run it is of. */
  async #setAll(entries: readonly (readonly [string, string])[]): Promise<void> {
    await immediate();
    if (this.#setting?.entries === entries) this.#setting = undefined;
    await this.#write(undefined, (secrets) => new Map([...secrets, ...entries]));
  }

  /** Changes come one after the other; what is set after this is not part of a write before it. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#setting = undefined;
    return this.#changes.run(work);
  }

  async #write(
    newHeader: VaultHeader | undefined,
    edit: (secrets: Secrets) => Secrets,
  ): Promise<void> {
    const started = this.#state.unlocked();
    await writeVault(this.#options.file, started, {
      newHeader,
      edit,
      stashCopy: this.#stashCopy,
      written: (open) => {
        // It may have been locked meanwhile, which drops the key.
        if (this.#state.open !== started) throw this.#state.refusal;
        if (open !== undefined) this.#opened(open);
      },
    });
  }
}

function unlessBug(error: unknown): void {
  if (!(error instanceof Problem)) throw error;
}

import { randomBytes, randomUUID } from 'node:crypto';
import { Problem } from '../../models/problem.ts';
import { Mutex } from '../concurrency/mutex.ts';
import { readStamped, replaceFile, type FileStamp } from '../files/private-file.ts';
import type { Patience } from './keychain.ts';
import { readMasterKey, storeMasterKey, keychainAccount } from './keychain-key.ts';
import { checkNewPassphrase, unwrapKey, wrapKey } from './passphrase-key.ts';
import type { Vault, VaultMethod, VaultOptions, VaultStatus } from './vault-contract.ts';
import {
  masterKeyBytes,
  openEnvelope,
  readEnvelope,
  sealVault,
  unreadable,
  type Secrets,
  type VaultHeader,
} from './vault-file.ts';
import { asRefusal, lockedProblem } from './vault-locked.ts';

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

interface OpenVault {
  readonly header: VaultHeader;
  readonly masterKey: Buffer;
  readonly secrets: Secrets;
  readonly stamp: FileStamp | undefined;
}

/** The keychain may ask its own question of a person who is there. */
const personIsThere: Patience = { milliseconds: 120_000 };

class FileVault implements Vault {
  readonly #options: VaultOptions;
  #open: OpenVault | undefined;
  #method: VaultMethod;
  #needs: VaultStatus['needs'];
  /** Why it is locked. */
  #refusal = lockedProblem('it has not been opened yet');
  /** What a person should know although it is open. */
  #remark = '';
  readonly #changes = new Mutex();

  constructor(options: VaultOptions) {
    this.#options = options;
    this.#method = options.method ?? 'keychain';
  }

  status(): VaultStatus {
    const where = this.#method === 'keychain' ? 'in the keychain' : 'protected by a passphrase';
    return {
      locked: !this.#open,
      method: this.#method,
      detail: this.#open
        ? `The vault is open; its key is ${where}.${this.#remark}`
        : this.#refusal.message,
      ...(this.#needs ? { needs: this.#needs } : {}),
    };
  }

  requireOpen(): void {
    this.#unlocked();
  }

  get(name: string): Promise<string | undefined> {
    return this.#read((secrets) => secrets.get(name));
  }

  names(): Promise<readonly string[]> {
    return this.#read((secrets) => [...secrets.keys()]);
  }

  set(name: string, value: string): Promise<void> {
    return this.#change((secrets) => secrets.set(name, value));
  }

  delete(name: string): Promise<void> {
    return this.#change((secrets) => secrets.delete(name));
  }

  lock(): void {
    if (!this.#open) return;
    this.#open.masterKey.fill(0);
    this.#open = undefined;
    this.#needs = this.#method;
    this.#refusal = lockedProblem('it was locked');
  }

  unlock(passphrase: string): Promise<void> {
    return this.#changes.run(async () => {
      if (!this.#open) await this.#openWith(passphrase, personIsThere);
      await this.#moveToWantedMethod(passphrase);
    });
  }

  rewrap(method: VaultMethod, passphrase?: string): Promise<void> {
    return this.#changes.run(() => this.#rewrap(method, passphrase));
  }

  openUnattended(): Promise<void> {
    return this.#changes.run(async () => {
      const { passphrase } = this.#options;
      try {
        await this.#openWith(passphrase, undefined);
        await this.#moveToWantedMethod(passphrase);
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
      }
    });
  }

  async #openWith(passphrase: string | undefined, patience: Patience | undefined): Promise<void> {
    const { file, keychain } = this.#options;
    try {
      const found = await readStamped(file);
      if (!found) {
        await this.#makeNew(passphrase, patience);
        return;
      }
      this.#needs = undefined;
      const envelope = readEnvelope(found.bytes.toString('utf8'), file);
      const { header } = envelope;
      this.#method = this.#needs = header.key.method;
      const masterKey =
        header.key.method === 'keychain'
          ? await readMasterKey(keychain, header.vaultId, file, patience)
          : await keyFromPassphrase(header.key, passphrase);
      const secrets = openEnvelope(envelope, masterKey, file);
      this.#opened({ header, masterKey, secrets, stamp: found.stamp });
    } catch (problem) {
      if (problem instanceof Problem) this.#refusal = asRefusal(problem);
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
      }
    }
    this.#method = 'passphrase';
    this.#needs = 'new-passphrase';
    if (passphrase === undefined) throw lockedProblem('no passphrase has been chosen for it yet');
    checkNewPassphrase(passphrase);
    const wrapped = await wrapKey(masterKey, passphrase);
    await this.#writeNew({ method: 'passphrase', ...wrapped }, vaultId, masterKey);
  }

  async #writeNew(key: VaultHeader['key'], vaultId: string, masterKey: Buffer): Promise<void> {
    const { file } = this.#options;
    const header: VaultHeader = { format: 'stint-vault', version: 1, vaultId, key };
    const secrets: Secrets = new Map();
    const sealed = sealVault(header, masterKey, secrets);
    const stamp = await replaceFile(file, sealed, { from: undefined });
    if (!stamp) throw unreadable(file, 'it appeared while a new one was being made');
    this.#opened({ header, masterKey, secrets, stamp });
  }

  #opened(open: OpenVault): void {
    this.#open = open;
    this.#method = open.header.key.method;
    this.#needs = undefined;
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
    const { keychain } = this.#options;
    const { header, masterKey } = this.#unlocked();
    const { vaultId } = header;
    const before = header.key.method;
    this.#remark = '';
    if (method === 'keychain') {
      await storeMasterKey(keychain, vaultId, masterKey, personIsThere);
      await this.#write({ ...header, key: { method } }, (secrets) => secrets);
      return;
    }
    checkNewPassphrase(passphrase ?? '');
    const wrapped = await wrapKey(masterKey, passphrase ?? '');
    await this.#write({ ...header, key: { method, ...wrapped } }, (secrets) => secrets);
    if (before !== 'keychain') return;
    await keychain.remove(keychainAccount(vaultId)).catch((problem: unknown) => {
      if (!(problem instanceof Problem)) throw problem;
      this.#remark = ` The keychain still has its old item. ${problem.message}`;
    });
  }

  // async so that a locked vault rejects instead of throwing
  // eslint-disable-next-line @typescript-eslint/require-await
  async #read<T>(pick: (secrets: Secrets) => T): Promise<T> {
    return pick(this.#unlocked().secrets);
  }

  #change(edit: (secrets: Map<string, string>) => unknown): Promise<void> {
    return this.#changes.run(() =>
      this.#write(undefined, (secrets) => {
        const copy = new Map(secrets);
        edit(copy);
        return copy;
      }),
    );
  }

  /**
   * Writes what `edit` makes of the secrets. A file that somebody put in the place of ours is read
   * first, and never overwritten where our key does not open it.
   */
  async #write(
    newHeader: VaultHeader | undefined,
    edit: (secrets: Secrets) => Secrets,
  ): Promise<void> {
    const { file } = this.#options;
    const started = this.#unlocked();
    for (let current = started; ;) {
      const header = newHeader ?? current.header;
      const secrets = edit(current.secrets);
      const sealed = sealVault(header, current.masterKey, secrets);
      const stamp = await replaceFile(file, sealed, { from: current.stamp });
      // It may have been locked meanwhile, which drops the key.
      if (this.#open !== started) throw this.#refusal;
      if (stamp) {
        this.#opened({ ...current, header, secrets, stamp });
        return;
      }
      const found = await readStamped(file);
      const envelope = found && readEnvelope(found.bytes.toString('utf8'), file);
      current = {
        ...current,
        ...(envelope && {
          header: envelope.header,
          secrets: openEnvelope(envelope, current.masterKey, file),
        }),
        stamp: found?.stamp,
      };
    }
  }

  #unlocked(): OpenVault {
    if (!this.#open) throw this.#refusal;
    return this.#open;
  }
}

async function keyFromPassphrase(
  key: Extract<VaultHeader['key'], { method: 'passphrase' }>,
  passphrase: string | undefined,
): Promise<Buffer> {
  if (passphrase === undefined) throw lockedProblem('its passphrase is needed');
  const masterKey = await unwrapKey(key, passphrase);
  if (!masterKey) throw lockedProblem('that passphrase does not open it');
  return masterKey;
}

import { rename, unlink } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../models/problem.ts';
import { toInstant } from '../../models/time.ts';
import { systemClock } from '../clock/clock.ts';
import { readStamped, replaceFile } from '../files/private-file.ts';
import {
  openEnvelope,
  readEnvelope,
  sealVault,
  type Secrets,
  type VaultEnvelope,
  type VaultHeader,
} from './vault-file.ts';

/** What a vault opens with. */
export interface VaultKey {
  readonly header: VaultHeader;
  readonly masterKey: Buffer;
}

interface OpenedCopy extends VaultKey {
  readonly secrets: Secrets;
}

/**
 * The second copy of the user's stashed sections and entries: they are in no other file, so losing the
 * vault would lose them. A separate file, encrypted with the same key. The vault counts; the copy
 * follows it. While the vault is lost, what `rescue` opened answers for it.
 */
export class StashCopy {
  readonly #file: string;
  #rescued: OpenedCopy | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** What could be saved of a lost vault. */
  get rescued(): Secrets {
    return this.#rescued?.secrets ?? new Map<string, string>();
  }

  /** Opens the copy in place of a lost vault; whatever is wrong with it too, there is none. */
  async rescue(keyFor: (header: VaultHeader) => Promise<Buffer>): Promise<void> {
    if (this.#rescued !== undefined) return;
    try {
      this.#rescued = await this.#open(keyFor);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  /** Removes what was rescued and is back in the user's files. */
  async removeRescued(removed: string): Promise<void> {
    if (this.#rescued === undefined) return;
    const left = new Map([...this.rescued].filter(([name]) => name !== removed));
    this.#rescued = { ...this.#rescued, secrets: left };
    await this.#write(this.#rescued, left);
  }

  /** Drops the key, since the vault answers again or is locked. */
  forget(): void {
    this.#rescued?.masterKey.fill(0);
    this.#rescued = undefined;
  }

  /** Whether an entry of the vault is the user's own. */
  static holds(name: string): boolean {
    return /^put-aside(-azure)?\//.test(name);
  }

  /** The part of `secrets` that the copy has. */
  static of(secrets: Secrets): Secrets {
    return new Map([...secrets].filter(([name]) => StashCopy.holds(name)));
  }

  /** Changes the copy as the vault changed, from `before` to `after`. Best effort. */
  async follow(key: VaultKey, before: Secrets | undefined, after: Secrets): Promise<void> {
    const wanted = StashCopy.of(after);
    if (before !== undefined && isDeepStrictEqual(StashCopy.of(before), wanted)) return;
    await this.#write(key, wanted);
  }

  async #write({ header, masterKey }: VaultKey, secrets: Secrets): Promise<void> {
    const isNeeded = secrets.size > 0;
    const isWritten =
      isNeeded &&
      (await replaceFile(this.#file, sealVault(header, masterKey, secrets)).catch(() => undefined));
    // For example on a full disk: rather no copy than one with what the vault no longer has.
    if (!isWritten) await unlink(this.#file).catch(() => undefined);
  }

  /**
   * Makes the copy what the vault says, and returns what only the copy has. One that the vault's key
   * does not open is renamed.
   */
  async align(key: VaultKey, secrets: Secrets): Promise<Secrets> {
    let copy: OpenedCopy | undefined;
    try {
      copy = await this.#open(() => Promise.resolve(key.masterKey));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const time = toInstant(systemClock.now()).replaceAll(':', '-');
      await rename(this.#file, `${this.#file}.set-aside-${time}`).catch(() => undefined);
    }
    const missing = new Map([...(copy?.secrets ?? [])].filter(([name]) => !secrets.has(name)));
    const isSame = isDeepStrictEqual(copy?.header, key.header);
    if (missing.size === 0) await this.follow(key, isSame ? copy?.secrets : undefined, secrets);
    return missing;
  }

  /**
   * Opens the copy by itself; undefined if there is none. Throws Problem 'vault-unreadable' and what
   * `keyFor` throws.
   */
  async #open(keyFor: (header: VaultHeader) => Promise<Buffer>): Promise<OpenedCopy | undefined> {
    const found = await readStamped(this.#file);
    if (found === undefined) return undefined;
    const envelope: VaultEnvelope = readEnvelope(found.bytes.toString('utf8'), this.#file);
    const masterKey = await keyFor(envelope.header);
    const secrets = openEnvelope(envelope, masterKey, this.#file);
    return { header: envelope.header, masterKey, secrets };
  }
}

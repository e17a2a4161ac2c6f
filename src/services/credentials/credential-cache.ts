import { SingleFlight } from '../concurrency/single-flight.ts';

/** Where values outlive the process, such as the vault. */
export interface CacheStore<T> {
  read(key: string): Promise<T | undefined>;
  write(key: string, value: T): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The generation of a key: work that began before a `forget` recognises that it is outdated. */
interface Slot<T> {
  value: T | undefined;
  /** What is on its way to the store. */
  leaving: T | undefined;
}

/**
 * Credentials that are kept until they are too old or forgotten: one call for everybody who waits,
 * a forced call where the kept ones must not be used, and nothing put back after `forget`. Modelled
 * on Smithy's `memoize` (packages/property-provider), with keys and an optional store.
 */
export class CredentialCache<T> {
  readonly #store: CacheStore<T> | undefined;
  readonly #inMemory: boolean;
  readonly #waitsForStore: boolean;
  readonly #slots = new Map<string, Slot<T>>();
  readonly #obtaining = new SingleFlight<T>();

  /**
   * `inMemory: false`: values are only in the store, and as inaccessible as that is. `waitsForStore: false`:
   * `get` returns what it obtained while that is being stored, for callers that store what they make of it
   * next and can do without the rest; whether it could be stored, they are not told.
   */
  constructor({
    store,
    inMemory = true,
    waitsForStore = true,
  }: {
    readonly store?: CacheStore<T>;
    readonly inMemory?: boolean;
    readonly waitsForStore?: boolean;
  } = {}) {
    this.#store = store;
    this.#inMemory = inMemory;
    this.#waitsForStore = waitsForStore;
  }

  /** What is kept, if it is usable; else what `obtain` returns, which is kept from then on. */
  async get(
    key: string,
    request: {
      readonly signal: AbortSignal;
      readonly isUsable: (value: T) => boolean;
      /** What is kept must not be used again. */
      readonly force?: boolean;
      /** Called once for all who wait; its signal aborts when the last of them gives up. */
      readonly obtain: (signal: AbortSignal) => Promise<T>;
    },
  ): Promise<T> {
    const { signal, isUsable, force = false, obtain } = request;
    const kept = force ? undefined : await this.kept(key);
    if (kept !== undefined && isUsable(kept)) return kept;
    return await this.#obtaining.run(key, signal, async (shared) => {
      const slot = this.#slot(key);
      const value = await obtain(shared);
      if (this.#slots.get(key) === slot) {
        const stored = this.#putFrom(slot, key, value);
        if (this.#waitsForStore) await stored;
        else stored.catch(() => undefined);
      }
      return value;
    });
  }

  /** Of all that is kept or being obtained in this process. */
  keys(): readonly string[] {
    return [...this.#slots.keys()];
  }

  /** What is kept in memory, however old. */
  peek(key: string): T | undefined {
    return this.#slots.get(key)?.value;
  }

  /** What is kept, however old; from the store where it is not in memory. Throws what the store throws. */
  async kept(key: string): Promise<T | undefined> {
    const held = this.peek(key);
    if (held !== undefined || this.#store === undefined) return held;
    const slot = this.#slot(key);
    if (slot.leaving !== undefined) return slot.leaving;
    const read = await this.#store.read(key);
    // It may have been forgotten or replaced meanwhile.
    if (this.#slots.get(key) !== slot) return this.peek(key);
    if (this.#inMemory) slot.value ??= read;
    return slot.value ?? read;
  }

  /** Throws what the store throws; nothing is kept then. */
  async put(key: string, value: T): Promise<void> {
    await this.#putFrom(this.#slot(key), key, value);
  }

  async #putFrom(slot: Slot<T>, key: string, value: T): Promise<void> {
    slot.leaving = value;
    try {
      await this.#store?.write(key, value);
      if (this.#inMemory && this.#slots.get(key) === slot) slot.value = value;
    } finally {
      if (slot.leaving === value) slot.leaving = undefined;
    }
  }

  /**
   * Drops what is kept: from memory at once, also where the store throws. What is being obtained
   * now still goes to those who wait for it, but is not kept, and nobody else joins it.
   */
  async forget(key: string): Promise<void> {
    this.#slots.delete(key);
    this.#obtaining.detach(key);
    await this.#store?.remove(key);
  }

  /** Drops everything from memory; the store keeps what it has. What is being obtained is not kept. */
  forgetMemory(): void {
    for (const key of this.#slots.keys()) this.#obtaining.detach(key);
    this.#slots.clear();
  }

  #slot(key: string): Slot<T> {
    const slot = this.#slots.get(key) ?? { value: undefined, leaving: undefined };
    this.#slots.set(key, slot);
    return slot;
  }
}

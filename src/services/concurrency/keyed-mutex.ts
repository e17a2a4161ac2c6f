import { Mutex } from './mutex.ts';

/** The reason of a signal whose operation was cancelled by name. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

interface Operation {
  readonly name: string | undefined;
  readonly controller: AbortController;
  /** Resolves when it has ended, however it ended. */
  readonly ended: Promise<void>;
}

interface Lock {
  readonly mutex: Mutex;
  /** What runs or waits. */
  readonly operations: Set<Operation>;
}

export interface OperationOptions {
  /** What `cancel` knows it by. */
  readonly name?: string;
  /** Cancels this one operation. */
  readonly signal?: AbortSignal | undefined;
}

/** One operation at a time per key, in the order they were asked for; different keys side by side. */
export class KeyedMutex {
  readonly #locks = new Map<string, Lock>();

  /**
   * Runs `work` when the turn of `key` comes. Cancelled while it waits, it throws the reason at once
   * and `work` never begins; cancelled later, `work` learns it from its signal.
   */
  async run<T>(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
    { name, signal }: OperationOptions = {},
  ): Promise<T> {
    const lock = this.#locks.get(key) ?? { mutex: new Mutex(), operations: new Set() };
    this.#locks.set(key, lock);
    const controller = new AbortController();
    const cancel = () => {
      controller.abort(signal?.reason);
    };
    if (signal?.aborted === true) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
    const operation = { name, controller, ended };
    lock.operations.add(operation);
    try {
      return await lock.mutex.run(() => work(controller.signal), controller.signal);
    } finally {
      signal?.removeEventListener('abort', cancel);
      lock.operations.delete(operation);
      if (lock.operations.size === 0) this.#locks.delete(key);
      end(undefined);
    }
  }

  /** Runs `work` with the turns of all `keys`, taken in sorted order so that two calls never deadlock. */
  async runAll<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    return await this.#runAll([...new Set(keys)].sort(), work);
  }

  /** Waits for the turn of `key`; the returned function ends it. For work that is split over callbacks. */
  async acquire(key: string): Promise<() => void> {
    return await new Promise((resolve, reject) => {
      this.run(key, () => new Promise<void>(resolve)).catch(reject);
    });
  }

  /** Whether anything runs or waits for `key`. */
  isBusy(key: string): boolean {
    return this.#locks.has(key);
  }

  /** Cancels what runs or waits for `key` under one of `names`. `reason`: a sentence for people. */
  cancel(key: string, names: readonly string[], reason: string): void {
    for (const { name, controller } of this.#locks.get(key)?.operations ?? []) {
      if (name !== undefined && names.includes(name)) controller.abort(new CancelledError(reason));
    }
  }

  /** As `cancel`, for every key. */
  cancelAll(names: readonly string[], reason: string): void {
    for (const key of this.#locks.keys()) this.cancel(key, names, reason);
  }

  /** Resolves once nothing runs or waits any more. */
  async idle(): Promise<void> {
    while (this.#locks.size > 0) {
      const open = [...this.#locks.values()].flatMap(({ operations }) => [...operations]);
      await Promise.all(open.map(({ ended }) => ended));
    }
  }

  async #runAll<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = keys;
    if (first === undefined) return await work();
    return await this.run(first, () => this.#runAll(rest, work));
  }
}

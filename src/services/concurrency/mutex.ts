import { Mutex as Turns } from 'async-mutex';

/** Work that must not overlap, one piece after the other in the order it was asked for. */
export class Mutex {
  readonly #turns = new Turns();

  /**
   * Runs `work` when its turn comes, with its result or error; a failure stops
   * nobody else. An abort of `signal` ends the wait: `run` then throws its reason at once and
   * `work` never begins. Once begun, `work` itself must heed the signal.
   */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const release = await this.#acquire(signal);
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      release();
    }
  }

  async #acquire(signal: AbortSignal | undefined): Promise<() => void> {
    signal?.throwIfAborted();
    const turn = this.#turns.acquire();
    if (signal === undefined) return await turn;
    // async-mutex can only cancel all who wait. A turn nobody wants any more is passed on.
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([turn, aborted]);
    } catch (error) {
      void turn.then((release) => {
        release();
      });
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

import { EventEmitter, once } from 'node:events';
import type { OwnerClient, PromptView, SessionView } from '../owner/owner-client.ts';

/** The state of something now, and the questions it waits for. */
export interface Snapshot<T> {
  readonly value: T;
  readonly prompts: readonly PromptView[];
}

/** Reads a session and the questions that its start waits for. Throws Problem. */
export async function readSession(
  owner: OwnerClient,
  sessionId: string,
): Promise<Snapshot<SessionView>> {
  const [value, { items }] = await Promise.all([
    owner.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } }),
    owner.request('GET', '/v1/prompts', { query: { session: sessionId } }),
  ]);
  return { value, prompts: items };
}

/** Reads one thing again at each event of the owner, whatever the event is about. */
export class Subscription<T> {
  readonly #owner: OwnerClient;
  readonly #read: () => Promise<Snapshot<T>>;
  readonly #closing = new AbortController();
  readonly #changes = new EventEmitter<{ change: [] }>();
  #seen = 0;
  #lost: { readonly reason: unknown } | undefined;

  constructor(owner: OwnerClient, read: () => Promise<Snapshot<T>>) {
    this.#owner = owner;
    this.#read = read;
    void this.#listen();
  }

  /** Resolves with the first snapshot that `matches`. Throws what `read` throws, and a lost stream. */
  async until(
    matches: (snapshot: Snapshot<T>) => boolean,
    signal: AbortSignal = this.#closing.signal,
  ): Promise<Snapshot<T>> {
    for (;;) {
      const seen = this.#seen;
      const snapshot = await this.#read();
      if (matches(snapshot)) return snapshot;
      if (this.#lost !== undefined) throw this.#lost.reason;
      if (seen === this.#seen) await once(this.#changes, 'change', { signal });
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #listen(): Promise<void> {
    try {
      const { signal } = this.#closing;
      const events = this.#owner.events({ signal })[Symbol.asyncIterator]();
      while ((await events.next()).done !== true) this.#notify();
      this.#lost = { reason: new Error('The agent ended.') };
    } catch (reason) {
      this.#lost = { reason };
    }
    this.#notify();
  }

  #notify(): void {
    this.#seen += 1;
    this.#changes.emit('change');
  }
}

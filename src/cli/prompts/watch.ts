import { EventEmitter, once } from 'node:events';
import type { OwnerClient, PromptView, SessionView } from '../owner/owner-client.ts';

/** How something stands, and what it waits for a person to say. */
export interface Standing<T> {
  readonly now: T;
  readonly prompts: readonly PromptView[];
}

/** Looks at a session and at all that a start of it waits for. */
export async function lookAtSession(
  owner: OwnerClient,
  sessionId: string,
): Promise<Standing<SessionView>> {
  const [now, { items }] = await Promise.all([
    owner.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } }),
    owner.request('GET', '/v1/prompts', { query: { session: sessionId } }),
  ]);
  return { now, prompts: items };
}

/** Follows one thing by the owner's events. Each of them is only a sign to look again. */
export class Watch<T> {
  readonly #owner: OwnerClient;
  readonly #look: () => Promise<Standing<T>>;
  readonly #ending = new AbortController();
  readonly #signs = new EventEmitter<{ sign: [] }>();
  #seen = 0;
  #lost: { readonly reason: unknown } | undefined;

  constructor(owner: OwnerClient, look: () => Promise<Standing<T>>) {
    this.#owner = owner;
    this.#look = look;
    void this.#listen();
  }

  /** Resolves once it stands as wanted. Throws what keeps it from being followed. */
  async until(
    wanted: (standing: Standing<T>) => boolean,
    signal: AbortSignal = this.#ending.signal,
  ): Promise<Standing<T>> {
    for (;;) {
      const seen = this.#seen;
      const standing = await this.#look();
      if (wanted(standing)) return standing;
      if (this.#lost !== undefined) throw this.#lost.reason;
      if (seen === this.#seen) await once(this.#signs, 'sign', { signal });
    }
  }

  close(): void {
    this.#ending.abort();
  }

  async #listen(): Promise<void> {
    try {
      const signs = this.#owner.events({ signal: this.#ending.signal })[Symbol.asyncIterator]();
      while ((await signs.next()).done !== true) this.#tell();
      this.#lost = { reason: new Error('The agent ended.') };
    } catch (reason) {
      this.#lost = { reason };
    }
    this.#tell();
  }

  #tell(): void {
    this.#seen += 1;
    this.#signs.emit('sign');
  }
}

import { EventEmitter, once } from 'node:events';
import type { Owner, PromptView, SessionView } from './owner.ts';

/** How a session stands, and what it waits for a person to say. */
export interface Standing {
  readonly session: SessionView;
  readonly prompts: readonly PromptView[];
}

/** Follows one session by the owner's events. Each of them is only a sign to look again. */
export class SessionWatch {
  readonly #owner: Owner;
  readonly #sessionId: string;
  readonly #ending = new AbortController();
  readonly #signs = new EventEmitter<{ sign: [] }>();
  #seen = 0;
  #lost: { readonly reason: unknown } | undefined;

  constructor(owner: Owner, sessionId: string) {
    this.#owner = owner;
    this.#sessionId = sessionId;
    void this.#listen();
  }

  /** Resolves once the session stands as wanted. Throws what keeps it from being followed. */
  async until(
    wanted: (standing: Standing) => boolean,
    signal: AbortSignal = this.#ending.signal,
  ): Promise<Standing> {
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

  async #look(): Promise<Standing> {
    const [session, prompts] = await Promise.all([
      this.#owner.request('GET', '/v1/sessions/{id}', { path: { id: this.#sessionId } }),
      this.#owner.request('GET', '/v1/prompts', { query: { session: this.#sessionId } }),
    ]);
    return { session, prompts: prompts.items };
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

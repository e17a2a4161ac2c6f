import { effect, inject, Injectable, signal, untracked, type Signal } from '@angular/core';
import pMap from 'p-map';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { LeaseUsers } from './lease-users.ts';

/** Requests at the same time. */
const concurrency = 4;
/** So that a script which asks again and again, or a list that scrolls, does not ask each time. In milliseconds. */
const readAfter = 150;

/**
 * Which programs use the sessions in view. Only those are asked about: a workspace can have thousands of
 * active sessions.
 */
@Injectable({ providedIn: 'root' })
export class InUse {
  readonly #users = inject(LeaseUsers);
  readonly #workspace = inject(Workspace);
  readonly #programs = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  /** The state of each session at which it was last asked about. */
  readonly #asked = new Map<string, string>();
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** The names of the programs that use the session, as far as they are known. */
  programs({ sessionId, status }: Session): readonly string[] {
    return status === 'inactive' ? [] : (this.#programs().get(sessionId) ?? []);
  }

  /** Reads who uses these sessions, again and again while the caller exists. Call it where Angular can inject. */
  follow(inView: Signal<readonly Session[]>): void {
    effect(() => {
      // The sessions come first: the owner answers one request after the other.
      if (!this.#workspace.isWhole()) return;
      if (this.#unread(inView()).length === 0 || this.#waiting !== undefined) return;
      this.#waiting = setTimeout(() => {
        this.#waiting = undefined;
        void pMap(this.#unread(untracked(inView)), (session) => this.#read(session), {
          concurrency,
        });
      }, readAfter);
    });
  }

  #unread(sessions: readonly Session[]): readonly Session[] {
    return sessions.filter(
      (session) =>
        session.status !== 'inactive' &&
        this.#asked.get(session.sessionId) !== this.#stateOf(session),
    );
  }

  /** Each lease that is opened or closed adds a history entry. */
  #stateOf({ sessionId, run }: Session): string {
    return `${run?.id ?? ''} ${this.#workspace.historyCount(sessionId)}`;
  }

  async #read(session: Session): Promise<void> {
    const { sessionId } = session;
    const state = this.#stateOf(session);
    this.#asked.set(sessionId, state);
    const programs = await this.#users.of(session);
    // A later question may have been answered first.
    if (this.#asked.get(sessionId) !== state) return;
    if ((this.#programs().get(sessionId) ?? []).join('\n') === programs.join('\n')) return;
    this.#programs.update((all) => new Map(all).set(sessionId, programs));
  }
}

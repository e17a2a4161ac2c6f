import { inject, Injectable, signal } from '@angular/core';
import { Problem } from '../../models/problem.ts';
import { OwnerClient, type Finding, type Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { AskedHere } from '../prompts/asked-here.ts';
import { Toasts } from '../toasts/toasts.ts';
import { Usage } from '../palette/usage.ts';
import { LeaseUsers } from './lease-users.ts';

/** A start that waits until the person allows Stint to move their own section aside. */
export interface OccupiedSection {
  readonly session: Session;
  readonly text: string;
}

/** What a stop could not remove or restore. */
const leftovers: ReadonlyMap<string, string> = new Map([
  ['section', 'remove its section from'],
  ['account', 'remove its account from'],
  ['stash', 'restore your own entry in'],
  ['journal', 'clear its clean-up journal'],
]);

/** How long a stop of a session that programs use can be undone. */
const undoSeconds = 5;

/** The actions on a session. Failures are shown as toasts; no method rejects. */
@Injectable({ providedIn: 'root' })
export class Operations {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #toasts = inject(Toasts);
  readonly #users = inject(LeaseUsers);
  readonly #usage = inject(Usage);
  /** The sessions whose stop can still be undone. */
  readonly #stopping = new Map<string, AbortController>();
  readonly #asked = inject(AskedHere);
  readonly #busy = signal<ReadonlySet<string>>(new Set());
  readonly occupied = signal<OccupiedSection | undefined>(undefined);
  /** What the owner found that could override each session when it was last started here. */
  readonly #findings = signal<ReadonlyMap<string, readonly Finding[]>>(new Map());

  isBusy(sessionId: string): boolean {
    return this.#busy().has(sessionId);
  }

  findings(sessionId: string): readonly Finding[] {
    return this.#findings().get(sessionId) ?? [];
  }

  async start(session: Session, replaceSection = false): Promise<void> {
    this.#usage.record(session.sessionId);
    await this.#workAsking(session, async (path) => {
      const options = { path, body: { replaceSection } };
      const started = await this.#owner.client.request('POST', '/v1/sessions/{id}/start', options);
      this.#workspace.put(started.session);
      this.#findings.update((all) => new Map(all).set(session.sessionId, started.findings));
      if (started.session.status === 'active') {
        this.#toasts.success(`${session.sessionName} is active.`);
      }
    });
  }

  /**
   * Stops at once, or after a chance to undo it if programs use the session; a second stop does not wait.
   */
  async stop(session: Session): Promise<void> {
    const { sessionId } = session;
    const before = this.#stopping.get(sessionId);
    if (before !== undefined) {
      before.abort();
      await this.stopNow(session);
      return;
    }
    const second = new AbortController();
    this.#stopping.set(sessionId, second);
    const isWanted = await this.#isStillWanted(session, second.signal);
    this.#stopping.delete(sessionId);
    if (isWanted) await this.stopNow(session);
  }

  /** Not once a second stop has done it. */
  async #isStillWanted(session: Session, second: AbortSignal): Promise<boolean> {
    const users = await this.#users.of(session);
    if (second.aborted || users.length === 0) return !second.aborted;
    return await this.#toasts.undoable(
      `${session.sessionName} stops in ${undoSeconds} s.`,
      `In use by ${users.join(', ')}.`,
      undoSeconds * 1000,
      second,
    );
  }

  /** Does not wait for other actions, such as a start that AWS does not answer. */
  async stopNow(session: Session): Promise<void> {
    await this.#attempt(session, async () => {
      const path = { id: session.sessionId };
      const stopped = await this.#owner.client.request('POST', '/v1/sessions/{id}/stop', { path });
      this.#workspace.put(stopped.session);
      const [left] = stopped.leftovers;
      if (left === undefined) this.#toasts.success(`${session.sessionName} was stopped.`);
      else {
        const what = leftovers.get(left.what) ?? 'clean up';
        this.#toasts.warn(
          `${session.sessionName} was stopped, but Stint could not ${what} ${left.file}: ${left.reason}`,
          'Stint tries again every minute.',
        );
      }
    });
  }

  async rotate(session: Session): Promise<void> {
    await this.#workAsking(session, async (path) => {
      const answer = await this.#owner.client.request('POST', '/v1/sessions/{id}/rotate', { path });
      this.#workspace.put(answer.session);
      if (!('prompts' in answer)) {
        this.#toasts.success(`${session.sessionName} has new credentials.`);
      }
    });
  }

  async remove(session: Session): Promise<void> {
    await this.#work(session, async (path) => {
      await this.#owner.client.request('DELETE', '/v1/sessions/{id}', { path });
      this.#workspace.remove(session.sessionId);
      this.#toasts.success(`${session.sessionName} was removed.`);
    });
  }

  async pin(session: Session, pinned: boolean): Promise<void> {
    await this.#work(session, async (path) => {
      const options = { path, body: { pinned } };
      this.#workspace.put(await this.#owner.client.request('PATCH', '/v1/sessions/{id}', options));
    });
  }

  /** Gives the run of a session an hour more. */
  async extend(session: Session): Promise<void> {
    await this.#work(session, async (path) => {
      const options = { path, body: {} };
      const extended = await this.#owner.client.request(
        'POST',
        '/v1/sessions/{id}/extend',
        options,
      );
      this.#workspace.put(extended.session);
      this.#toasts.success(`${session.sessionName} has an hour more.`);
    });
  }

  /** Brings an archived session back, without an end. */
  async restore(session: Session): Promise<void> {
    await this.#work(session, async (path) => {
      const options = { path, body: {} };
      const answer = await this.#owner.client.request('POST', '/v1/sessions/{id}/restore', options);
      this.#workspace.put(answer.session);
      this.#toasts.success(`${session.sessionName} is valid again.`);
    });
  }

  /** After a failure: starts an inactive session, renews the credentials of any other. */
  async retry(session: Session): Promise<void> {
    await (session.status === 'inactive' ? this.start(session) : this.rotate(session));
  }

  /** Starts an inactive session, stops any other. */
  async toggle(session: Session): Promise<void> {
    await (session.status === 'inactive' ? this.start(session) : this.stop(session));
  }

  /** What can ask the person something before it is done. */
  async #workAsking(
    session: Session,
    work: (path: { readonly id: string }) => Promise<void>,
  ): Promise<void> {
    if (this.isBusy(session.sessionId)) return;
    await this.#asked.during(session, () => this.#work(session, work));
  }

  async #work(
    session: Session,
    work: (path: { readonly id: string }) => Promise<void>,
  ): Promise<void> {
    const { sessionId } = session;
    if (this.isBusy(sessionId)) return;
    this.#busy.update((all) => new Set(all).add(sessionId));
    await this.#attempt(session, () => work({ id: sessionId }));
    this.#busy.update((all) => new Set([...all].filter((id) => id !== sessionId)));
  }

  async #attempt(session: Session, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Problem && error.code === 'section-occupied') {
        this.occupied.set({ session, text: error.details.detail });
      } else if (!wasEndedHere(error)) {
        this.#toasts.error(error);
      }
    }
  }
}

/** The person who stopped or cancelled it knows, and the list shows it. */
function wasEndedHere(error: unknown): boolean {
  return error instanceof Problem && error.code === 'session-ended';
}

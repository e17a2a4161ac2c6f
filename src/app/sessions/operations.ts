import { inject, Injectable, signal } from '@angular/core';
import { Problem } from '../../models/problem.ts';
import { OwnerClient, type Finding, type Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Notes } from '../notes/notes.ts';

/** A start that waits for the person's word on a section of their own. */
export interface OccupiedSection {
  readonly session: Session;
  readonly text: string;
}

/** What a stop could not take away, or not bring back. */
const leftovers: ReadonlyMap<string, string> = new Map([
  ['section', 'its section'],
  ['account', 'its account'],
  ['stash', 'your own section'],
  ['journal', 'the clean-up journal'],
]);

/** What can be done with a session from here. Refusals become notes; nothing is thrown. */
@Injectable({ providedIn: 'root' })
export class Operations {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #notes = inject(Notes);
  readonly #busy = signal<ReadonlySet<string>>(new Set());
  readonly occupied = signal<OccupiedSection | undefined>(undefined);
  /** What the owner found in the way of each session when it was last started here. */
  readonly #findings = signal<ReadonlyMap<string, readonly Finding[]>>(new Map());

  isBusy(sessionId: string): boolean {
    return this.#busy().has(sessionId);
  }

  findings(sessionId: string): readonly Finding[] {
    return this.#findings().get(sessionId) ?? [];
  }

  async start(session: Session, replaceSection = false): Promise<void> {
    await this.#work(session, async (path) => {
      const options = { path, body: { replaceSection } };
      const started = await this.#owner.client.request('POST', '/v1/sessions/{id}/start', options);
      this.#workspace.take(started.session);
      this.#findings.update((all) => new Map(all).set(session.sessionId, started.findings));
      if (started.session.status === 'active') {
        this.#notes.done(`${session.sessionName} is active.`);
      }
    });
  }

  /** Never held back by what is under way, such as a start that AWS does not answer. */
  async stop(session: Session): Promise<void> {
    await this.#attempt(session, async () => {
      const path = { id: session.sessionId };
      const stopped = await this.#owner.client.request('POST', '/v1/sessions/{id}/stop', { path });
      this.#workspace.take(stopped.session);
      const [left] = stopped.leftovers;
      if (left === undefined) this.#notes.done(`${session.sessionName} is stopped.`);
      else {
        const what = leftovers.get(left.what) ?? 'something';
        const detail = `${session.sessionName} is stopped, but ${what} in ${left.file} is left: ${left.reason}`;
        this.#notes.problem(
          new Problem('file-unwritable', { detail, next: 'Stint tries again by itself.' }),
        );
      }
    });
  }

  async rotate(session: Session): Promise<void> {
    await this.#work(session, async (path) => {
      const answer = await this.#owner.client.request('POST', '/v1/sessions/{id}/rotate', { path });
      this.#workspace.take(answer.session);
      if (!('prompts' in answer)) this.#notes.done(`${session.sessionName} has new credentials.`);
    });
  }

  async remove(session: Session): Promise<void> {
    await this.#work(session, async (path) => {
      await this.#owner.client.request('DELETE', '/v1/sessions/{id}', { path });
      this.#workspace.forget(session.sessionId);
      this.#notes.done(`${session.sessionName} is removed.`);
    });
  }

  async pin(session: Session, pinned: boolean): Promise<void> {
    await this.#work(session, async (path) => {
      const options = { path, body: { pinned } };
      this.#workspace.take(await this.#owner.client.request('PATCH', '/v1/sessions/{id}', options));
    });
  }

  /** Starts what is inactive, stops what is not. */
  async toggle(session: Session): Promise<void> {
    await (session.status === 'inactive' ? this.start(session) : this.stop(session));
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
        this.#notes.problem(error);
      }
    }
  }
}

/** Whoever stopped or cancelled it knows; the list says it too. */
function wasEndedHere(error: unknown): boolean {
  return error instanceof Problem && error.code === 'session-ended';
}

import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { EventLog } from '../events/event-log.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { publicView } from './session-record.ts';

/** The sessions of the workspace: every change is counted, written and told to readers here. */
export class SessionBook {
  readonly #workspace: WorkspaceStore;
  readonly #events: EventLog;
  /** Ends that could not be written (disk full, folder read-only): true already, saved when it works. */
  readonly #unsaved = new Map<string, Session>();

  constructor(options: { readonly workspace: WorkspaceStore; readonly events: EventLog }) {
    this.#workspace = options.workspace;
    this.#events = options.events;
  }

  all(): readonly Session[] {
    if (this.#unsaved.size === 0) return this.#workspace.sessions();
    return this.#workspace
      .sessions()
      .map((session) => this.#unsaved.get(session.sessionId) ?? session);
  }

  find(sessionId: string): Session | undefined {
    return this.#unsaved.get(sessionId) ?? this.#workspace.session(sessionId);
  }

  /** Throws Problem 'not-found'. */
  get(sessionId: string): Session {
    const session = this.find(sessionId);
    if (session === undefined) {
      throw new Problem('not-found', {
        detail: `There is no session ${sessionId}.`,
        next: 'List the sessions with `stint session list`.',
        sessionId,
      });
    }
    return session;
  }

  /** The set-up changed: the version before is kept as a backup. Throws Problem 'file-unwritable'. */
  async saveDefinition(session: Session): Promise<Session> {
    return await this.#save(session, true);
  }

  /** Only the state of a run changed. Throws Problem 'file-unwritable'. */
  async saveRun(session: Session): Promise<Session> {
    return await this.#save(session, false);
  }

  /** A run ended. That is so even where it cannot be written now: `flush` writes it later. */
  async saveEnd(session: Session): Promise<Session> {
    try {
      return await this.#save(session, false);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const counted = { ...session, revision: this.get(session.sessionId).revision + 1 };
      this.#unsaved.set(session.sessionId, counted);
      this.#events.publish({ type: 'session', session: publicView(counted) });
      return counted;
    }
  }

  /** Writes what could not be written before. Returns how many are still waiting. */
  async flush(): Promise<number> {
    const waiting = [...this.#unsaved.values()];
    if (waiting.length === 0) return 0;
    try {
      await this.#workspace.save({ put: waiting, keepBackup: false });
      for (const { sessionId } of waiting) this.#unsaved.delete(sessionId);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    return this.#unsaved.size;
  }

  async remove(sessionId: string): Promise<void> {
    await this.#workspace.save({ remove: [sessionId], keepBackup: true });
    this.#events.publish({ type: 'session-removed', sessionId });
  }

  async #save(session: Session, keepBackup: boolean): Promise<Session> {
    const known = this.find(session.sessionId);
    const counted = {
      ...session,
      revision: known === undefined ? session.revision : known.revision + 1,
    };
    await this.#workspace.save({ put: [counted], keepBackup });
    this.#unsaved.delete(session.sessionId);
    this.#events.publish({ type: 'session', session: publicView(counted) });
    return counted;
  }
}

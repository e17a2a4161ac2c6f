import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { EventLog } from '../events/event-log.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { publicView } from './session-record.ts';

/** What a session is to become; called with what it is. */
type Change = (session: Session) => Session;

/** The sessions of the workspace: every change is counted, written and told to readers here. */
export class SessionRepository {
  readonly #workspace: WorkspaceStore;
  readonly #events: EventLog;
  readonly #changes = new KeyedMutex();
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

  /** Throws Problem 'file-unwritable'. */
  async add(session: Session): Promise<Session> {
    await this.#save(session, true);
    return session;
  }

  /** All of them in one write. Throws Problem 'file-unwritable'. */
  async addAll(sessions: readonly Session[]): Promise<void> {
    if (sessions.length === 0) return;
    await this.#workspace.save({ put: sessions, keepBackup: true });
    for (const session of sessions) {
      this.#events.publish({ type: 'session', session: publicView(session) });
    }
  }

  /**
   * Each session by its own change, all in one write; those that were removed meanwhile are left
   * out. Throws Problem 'file-unwritable'.
   */
  async changeAll(changes: ReadonlyMap<string, Change>): Promise<void> {
    if (changes.size === 0) return;
    await this.#changes.runAll([...changes.keys()], async () => {
      const changed = [...changes].flatMap(([sessionId, change]) => {
        const before = this.find(sessionId);
        return before === undefined ? [] : { ...change(before), revision: before.revision + 1 };
      });
      await this.#workspace.save({ put: changed, keepBackup: true });
      for (const session of changed) {
        this.#unsaved.delete(session.sessionId);
        this.#events.publish({ type: 'session', session: publicView(session) });
      }
    });
  }

  /**
   * The set-up changes: the version before is kept as a backup. Throws Problem 'not-found',
   * 'file-unwritable' and what `change` throws.
   */
  async changeDefinition(sessionId: string, change: Change): Promise<Session> {
    return await this.#changed(sessionId, change, (session) => this.#save(session, true));
  }

  /** Only the state of a run changes. Throws like `changeDefinition`. */
  async changeRun(sessionId: string, change: Change): Promise<Session> {
    return await this.#changed(sessionId, change, (session) => this.#save(session, false));
  }

  /** A run ends. That is so even where it cannot be written now: `flush` writes it later. */
  async endRun(sessionId: string, change: Change): Promise<Session> {
    return await this.#changed(sessionId, change, async (session) => {
      try {
        await this.#save(session, false);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        this.#unsaved.set(sessionId, session);
        this.#events.publish({ type: 'session', session: publicView(session) });
      }
    });
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
    await this.#changes.run(sessionId, () =>
      this.#workspace.save({ remove: [sessionId], keepBackup: true }),
    );
    this.#unsaved.delete(sessionId);
    this.#events.publish({ type: 'session-removed', sessionId });
  }

  /** All of them in one write; they must have ended. Throws Problem 'file-unwritable'. */
  async removeAll(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    await this.#changes.runAll(sessionIds, () =>
      this.#workspace.save({ remove: sessionIds, keepBackup: true }),
    );
    for (const sessionId of sessionIds) {
      this.#unsaved.delete(sessionId);
      this.#events.publish({ type: 'session-removed', sessionId });
    }
  }

  /** One change of a session follows the other: each begins with what the one before it made. */
  async #changed(
    sessionId: string,
    change: Change,
    save: (session: Session) => Promise<void>,
  ): Promise<Session> {
    return await this.#changes.run(sessionId, async () => {
      const before = this.get(sessionId);
      const after = { ...change(before), revision: before.revision + 1 };
      await save(after);
      return after;
    });
  }

  async #save(session: Session, keepBackup: boolean): Promise<void> {
    await this.#workspace.save({ put: [session], keepBackup });
    this.#unsaved.delete(session.sessionId);
    this.#events.publish({ type: 'session', session: publicView(session) });
  }
}

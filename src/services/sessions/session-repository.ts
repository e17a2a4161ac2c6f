import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { EventLog } from '../events/event-log.ts';
import type { WorkspaceChange } from '../workspace/workspace-state.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import { Mutex } from '../concurrency/mutex.ts';
import { publicView } from './session-record.ts';

/** Returns the changed session, or the same one where there is nothing to change. */
type Change = (session: Session) => Session;

/** The sessions of the workspace. Every change is counted, written and published here. */
export class SessionRepository {
  readonly #workspace: WorkspaceStore;
  readonly #events: EventLog;
  /**
   * Which sessions there are and how they are set up: every rule about several of them is checked
   * and written in one turn, so that two changes, each allowed by itself, never break it together.
   */
  readonly #definitions = new Mutex();
  readonly #changes = new KeyedMutex();
  readonly #leaving = new Set<string>();
  /**
   * Runs that have just begun (decision 51), and ends that could not be written yet (disk full, folder
   * read-only); they count all the same.
   */
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

  /** `begun` resolves once the session is not inactive, at once if it is not now; `end` ends the wait. */
  awaitRun(sessionId: string): { readonly begun: Promise<unknown>; readonly end: () => void } {
    const { promise: begun, resolve } = Promise.withResolvers<undefined>();
    if (this.get(sessionId).status !== 'inactive') resolve(undefined);
    const end = this.#events.subscribe(({ event }) => {
      if (event.type !== 'session' || event.session.sessionId !== sessionId) return;
      if (event.session.status !== 'inactive') resolve(undefined);
    });
    return { begun, end };
  }

  /** While `work` removes the sessions, no other one may come to depend on them. */
  async whileRemoving<T>(sessionIds: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const id of sessionIds) this.#leaving.add(id);
    try {
      return await work();
    } finally {
      for (const id of sessionIds) this.#leaving.delete(id);
    }
  }

  /** Whether the session is being removed. */
  isLeaving(sessionId: string): boolean {
    return this.#leaving.has(sessionId);
  }

  /** Takes what somebody else wrote into the workspace, and publishes what it changed. Never rejects. */
  async refresh(): Promise<void> {
    const [before, settings] = [this.all(), this.#workspace.settings()];
    if (!(await this.#workspace.refresh())) return;
    const known = new Map(before.map((session) => [session.sessionId, session]));
    for (const session of this.all()) {
      const old = known.get(session.sessionId);
      known.delete(session.sessionId);
      if (isDeepStrictEqual(old, session)) continue;
      this.#events.publish({ type: 'session', session: publicView(session) });
    }
    for (const sessionId of known.keys()) {
      this.#unsaved.delete(sessionId);
      this.#events.publish({ type: 'session-removed', sessionId });
    }
    if (isDeepStrictEqual(settings, this.#workspace.settings())) return;
    this.#events.publish({ type: 'settings' });
  }

  /**
   * Adds the sessions that `make` makes of those there are, in one write with what it changes beside
   * them, and returns what `make` returned. An id or a profile name that is free for `make` is still free when it is written. Throws
   * Problem 'already-exists', 'file-unwritable' and what `make` throws.
   */
  async add<
    T extends { readonly add: readonly Session[]; readonly beside?: Omit<WorkspaceChange, 'put'> },
  >(make: (all: readonly Session[]) => T | Promise<T>): Promise<T> {
    return await this.#definitions.run(async () => {
      const made = await make(this.all());
      if (made.add.length === 0 && made.beside === undefined) return made;
      for (const { sessionId } of made.add) this.refuseExisting(sessionId);
      await this.#workspace.save({ ...made.beside, put: made.add, keepBackup: true });
      for (const session of made.add) {
        this.#events.publish({ type: 'session', session: publicView(session) });
      }
      return made;
    });
  }

  /** Throws Problem 'already-exists'. */
  refuseExisting(sessionId: string): void {
    const isBroken = this.#workspace.broken().some((broken) => broken.sessionId === sessionId);
    if (this.find(sessionId) === undefined && !isBroken) return;
    throw new Problem('already-exists', {
      detail: isBroken
        ? `The workspace has a broken entry with the id ${sessionId}, which is kept.`
        : `Session ${sessionId} already exists.`,
      next: 'Omit sessionId, or change the existing session.',
      sessionId,
    });
  }

  /**
   * Applies each session's own change, all in one write; sessions that were removed meanwhile are
   * skipped. Throws Problem 'file-unwritable'.
   */
  async changeAll(changes: ReadonlyMap<string, Change>): Promise<void> {
    if (changes.size === 0) return;
    const turn = (work: () => Promise<void>) =>
      this.#definitions.run(() => this.#changes.runAll([...changes.keys()], work));
    await turn(async () => {
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
    return await this.#definitions.run(() =>
      this.#changed(sessionId, change, (session) => this.#save(session, true)),
    );
  }

  /** Only the state of a run changes. Throws like `changeDefinition`. */
  async changeRun(sessionId: string, change: Change): Promise<Session> {
    return await this.#changed(sessionId, change, (session) => this.#save(session, false));
  }

  /**
   * Begins a run in memory: everybody sees it at once, and it is on disk with the next write of the
   * session, such as `writeBegun`. Throws like `changeDefinition`, but not for the file.
   */
  async beginRun(sessionId: string, change: Change): Promise<Session> {
    return await this.#changed(sessionId, change, (session) => {
      this.#unsaved.set(sessionId, session);
      this.#events.publish({ type: 'session', session: publicView(session) });
      return Promise.resolve();
    });
  }

  /** Writes a run that is in memory only. Throws Problem 'file-unwritable'. */
  async writeBegun(sessionId: string): Promise<void> {
    await this.#changes.run(sessionId, async () => {
      const session = this.#unsaved.get(sessionId);
      if (session === undefined) return;
      await this.#workspace.save({ put: [session], keepBackup: false });
      this.#unsaved.delete(sessionId);
    });
  }

  /** Ends a run. The end counts even where it cannot be written now: `flush` writes it later. */
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

  /** Writes what could not be written before, unless a newer change has been written since. */
  async flush(): Promise<void> {
    if (this.#unsaved.size === 0) return;
    const ids = [...this.#unsaved.keys()];
    await this.#changes.runAll(ids, async () => {
      const waiting = ids.flatMap((sessionId) => this.#unsaved.get(sessionId) ?? []);
      if (waiting.length === 0) return;
      try {
        await this.#workspace.save({ put: waiting, keepBackup: false });
        for (const { sessionId } of waiting) this.#unsaved.delete(sessionId);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    });
  }

  async remove(sessionId: string): Promise<void> {
    await this.removeAll([sessionId]);
  }

  /** All of them in one write; they must have ended. Throws Problem 'file-unwritable'. */
  async removeAll(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    await this.#definitions.run(() =>
      this.#changes.runAll(sessionIds, () =>
        this.#workspace.save({ remove: sessionIds, keepBackup: true }),
      ),
    );
    for (const sessionId of sessionIds) {
      this.#unsaved.delete(sessionId);
      this.#events.publish({ type: 'session-removed', sessionId });
    }
  }

  /** Changes of one session run one after the other: each begins with what the last one made. */
  async #changed(
    sessionId: string,
    change: Change,
    save: (session: Session) => Promise<void>,
  ): Promise<Session> {
    return await this.#changes.run(sessionId, async () => {
      const before = this.get(sessionId);
      const changed = change(before);
      if (changed === before) return before;
      const after = { ...changed, revision: before.revision + 1 };
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

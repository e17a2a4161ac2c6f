import type { EndReason } from '../../models/lifecycle.ts';
import { Problem } from '../../models/problem.ts';
import type { Prompt } from '../../models/prompt.ts';
import type { Session } from '../../models/session.ts';
import type { SessionType } from '../../models/session-fields.ts';
import type { Clock } from '../clock/clock.ts';
import type { Finding, Leftover } from '../delivery/delivery.ts';
import type { History } from '../history/history.ts';
import type { Log } from '../log/log.ts';
import { PromptCancelled, type PromptDesk } from '../prompts/prompt-desk.ts';
import type { CredentialProvider, IssuedCredentials } from '../providers/provider.ts';
import { CalledOff, OperationQueue } from './operation-queue.ts';
import type { RunCredentials } from './run-credentials.ts';
import type { RunDelivery } from './run-delivery.ts';
import { beginRun, delivered, ended, rotated } from './run-state.ts';
import type { SessionBook } from './session-book.ts';
import { fieldsOf, inForce, publicView } from './session-record.ts';

/** How long a start waits for a person, in milliseconds. */
const answerTime = 5 * 60_000;

export interface StartOptions {
  /** Who asked, for the history. */
  readonly by: string;
  /** The user agreed that a section of their own is put aside until the session stops. */
  readonly replaceSection?: boolean;
  /** Names of the environment variables set where the command was given. */
  readonly callerEnvironment?: readonly string[];
}

export interface StartOutcome {
  readonly session: Session;
  /** Not empty: a person is needed, and the work goes on once somebody answers. */
  readonly prompts: readonly Prompt[];
  readonly findings: readonly Finding[];
}

export interface StopOutcome {
  readonly session: Session;
  /** Until when copies of the credentials made elsewhere still work: AWS cannot revoke them. */
  readonly issuedUntil?: string;
  readonly leftovers: readonly Leftover[];
  readonly historyWritten: boolean;
}

export interface RunnerParts {
  readonly book: SessionBook;
  readonly providers: Readonly<Partial<Record<SessionType, CredentialProvider<never>>>>;
  readonly delivery: RunDelivery;
  readonly credentials: RunCredentials;
  readonly prompts: PromptDesk;
  readonly history: History;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws Problem 'vault-locked'. */
  readonly requireVault: () => void;
}

/**
 * Starts, rotates and ends runs: one operation at a time per session. A run that has ended
 * meanwhile is never touched by work that was under way for it.
 */
export class SessionRunner {
  readonly #parts: RunnerParts;
  readonly #queue = new OperationQueue();
  readonly #starting = new Map<string, Promise<Session>>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Runs `work` when nothing else is being done with the session. */
  async exclusively<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    return await this.#queue.run(sessionId, 'change', work);
  }

  /** The owner quits: runs end as `shutdown`, or go on under the next owner. */
  async finish(runs: 'stop' | 'keep'): Promise<void> {
    for (const { sessionId, status } of this.#parts.book.all()) {
      if (status === 'inactive') continue;
      if (runs === 'stop' || status === 'pending') {
        await this.end(sessionId, 'shutdown', 'Stint was quit.', 'stint');
      } else {
        this.#queue.callOff(sessionId, ['rotate'], 'Stint is handing over.');
      }
    }
    await this.#queue.idle();
  }

  /** Starting an active session again changes nothing; two starts at once are one. */
  async start(sessionId: string, options: StartOptions): Promise<StartOutcome> {
    this.#parts.book.get(sessionId);
    let starting = this.#starting.get(sessionId);
    if (starting === undefined) {
      starting = this.#queue
        .run(sessionId, 'start', (signal) => this.#start(sessionId, options, signal))
        .finally(() => this.#starting.delete(sessionId));
      this.#starting.set(sessionId, starting);
    }
    return await this.#outcome(sessionId, starting, options.callerEnvironment ?? []);
  }

  async rotate(sessionId: string, { by }: { readonly by: string }): Promise<StartOutcome> {
    this.#parts.book.get(sessionId);
    return await this.#outcome(sessionId, this.renew(sessionId, by), []);
  }

  /** A rotation up to its end, however long a person takes. */
  async renew(sessionId: string, by: string): Promise<Session> {
    return await this.#queue.run(sessionId, 'rotate', (signal) =>
      this.#rotate(sessionId, by, signal),
    );
  }

  /** Ends the run, whatever it is doing. Ending an inactive session retries what was left over. */
  async end(sessionId: string, reason: EndReason, message: string, by: string): Promise<StopOutcome> {
    this.#parts.book.get(sessionId);
    this.#queue.callOff(sessionId, ['start', 'rotate'], message);
    return await this.#queue.run(sessionId, 'end', () => this.#end(sessionId, reason, message, by));
  }

  /**
   * After a crash, a restart or an unlock: runs that can go on do, others end as `crashed`, and
   * whatever an ended run left behind is taken away.
   */
  async reconcile(): Promise<readonly Leftover[]> {
    const { book, delivery, credentials } = this.#parts;
    for (const session of book.all()) {
      if (session.status !== 'inactive' && !this.#starting.has(session.sessionId)) {
        await this.#queue.run(session.sessionId, 'reconcile', () => this.#resume(session.sessionId));
      }
    }
    const running = new Set(
      book.all().flatMap(({ status, sessionId }) => (status === 'inactive' ? [] : [sessionId])),
    );
    await unlessLocked(() => credentials.keepOnly(running));
    return await delivery.reconcile(running);
  }

  /** Puts back what another program took away from an active session's delivery. */
  async restore(sessionId: string): Promise<void> {
    await this.#queue.run(sessionId, 'restore', async () => {
      const { book, credentials, delivery, history } = this.#parts;
      const session = inForce(book.get(sessionId));
      const issued = session.status === 'active' ? await credentials.get(sessionId) : undefined;
      if (issued === undefined) return;
      const restored = await delivery.exclusively(session, () =>
        delivery.restore(session, issued.credentials),
      );
      if (!restored) return;
      history.append({
        kind: 'section-restored',
        ...named(session),
        message: 'Another program had removed or changed the section; it was put back.',
        by: 'stint',
      });
    });
  }

  /** Whether a rotation of the session needs nobody. */
  unattended(session: Session): boolean {
    return this.#parts.providers[session.type]?.unattended(session as never) ?? false;
  }

  async #start(sessionId: string, options: StartOptions, signal: AbortSignal): Promise<Session> {
    const { book, delivery, credentials, clock, history, requireVault } = this.#parts;
    const session = book.get(sessionId);
    if (session.status === 'active') return session;
    this.#refuseArchived(session);
    const provider = this.#providerFor(session);
    requireVault();
    const replaceSection = options.replaceSection ?? false;
    await delivery.prepare(session, { replaceSection, supersedes: this.#rivals(session) });
    const pending = await book.saveRun(beginRun(session, clock.now()));
    try {
      const issued = await provider.obtain({
        session: pending as never,
        fresh: false,
        signal,
        ask: this.#ask(pending, clock.now() + answerTime, signal),
      });
      return await delivery.exclusively(pending, async () => {
        signal.throwIfAborted();
        const rivals = this.#rivals(pending);
        await credentials.keep(sessionId, issued);
        await delivery.deliver(pending, issued.credentials, { replaceSection, supersedes: rivals });
        for (const rival of rivals) await this.#supersede(rival, pending, options.by);
        const active = await book.saveRun(delivered(book.get(sessionId), issued, clock.now()));
        history.append({
          kind: 'session-started',
          ...named(active),
          by: options.by,
          snapshot: { ...fieldsOf(active) },
        });
        return active;
      });
    } catch (error) {
      const [reason, message] = failureOf(error, signal);
      await this.#end(sessionId, reason, message, options.by);
      throw reason === 'cancelled' ? cancelled(session, message) : error;
    }
  }

  async #rotate(sessionId: string, by: string, signal: AbortSignal): Promise<Session> {
    const { book, delivery, credentials, clock, history, requireVault } = this.#parts;
    const session = inForce(book.get(sessionId));
    if (session.status !== 'active') {
      throw new Problem('session-not-active', {
        detail: `Session ${session.sessionName} is ${session.status}: there is nothing to rotate.`,
        next: `Start it: stint start ${sessionId}`,
        sessionId,
      });
    }
    requireVault();
    const deadline = Date.parse(session.credentialsExpireAt ?? '') || clock.now() + answerTime;
    const issued: IssuedCredentials = await this.#providerFor(session)
      .obtain({
        session: session as never,
        fresh: true,
        signal,
        ask: this.#ask(session, deadline, signal),
      })
      .catch((error: unknown) => {
        const [reason, message] = failureOf(error, signal);
        throw reason === 'cancelled' ? cancelled(session, message) : error;
      });
    return await delivery.exclusively(session, async () => {
      const current = book.get(sessionId);
      if (signal.aborted || current.status !== 'active' || current.run?.id !== session.run?.id) {
        throw cancelled(session, 'The session ended while it was being rotated.');
      }
      await credentials.keep(sessionId, issued);
      await delivery.deliver(session, issued.credentials, { replaceSection: false, supersedes: [] });
      const renewed = await book.saveRun(rotated(book.get(sessionId), issued, clock.now()));
      history.append({ kind: 'session-rotated', ...named(renewed), by });
      return renewed;
    });
  }

  async #end(sessionId: string, reason: EndReason, message: string, by: string): Promise<StopOutcome> {
    const { book, delivery, credentials, clock, history, log } = this.#parts;
    const stored = book.get(sessionId);
    const session = inForce(stored);
    const running = session.status !== 'inactive';
    // The end is written first: should we die before the section is gone, the next owner takes it
    // away, while the other order would bring a stopped session back to life.
    const after = running ? await book.saveEnd(ended(stored, reason, message, clock.now())) : stored;
    const leftovers = await delivery.exclusively(session, () => delivery.withdraw(session));
    await credentials.drop(sessionId);
    const historyWritten =
      !running || history.append({ kind: 'session-stopped', ...named(session), reason, message, by });
    if (running) log.info('session.end', { sessionId, reason });
    return {
      session: publicView(after),
      ...(session.credentialsExpireAt === undefined ? {} : { issuedUntil: session.credentialsExpireAt }),
      leftovers,
      historyWritten,
    };
  }

  /** The newer session's section already stands in the place of this one's. */
  async #supersede(rivalId: string, by: Session, principal: string): Promise<void> {
    const { book, credentials, clock, history } = this.#parts;
    const rival = book.get(rivalId);
    if (rival.status !== 'active') return;
    const message = `Session ${by.sessionName} was started on the same profile.`;
    this.#queue.callOff(rivalId, ['rotate'], message);
    await book.saveEnd(ended(rival, 'superseded', message, clock.now()));
    await credentials.drop(rivalId);
    history.append({
      kind: 'session-stopped',
      ...named(rival),
      reason: 'superseded',
      message,
      by: principal,
    });
  }

  async #resume(sessionId: string): Promise<void> {
    const { book, credentials, delivery, clock } = this.#parts;
    const session = inForce(book.get(sessionId));
    if (session.status === 'inactive') return;
    if (session.status === 'pending') {
      await this.#end(sessionId, 'crashed', 'Stint ended while the session was starting.', 'stint');
      return;
    }
    await unlessLocked(async () => {
      const issued = await credentials.get(sessionId);
      const alive =
        issued !== undefined && Date.parse(issued.credentials.expiration) > clock.now();
      if (alive) {
        await delivery.exclusively(session, () => delivery.restore(session, issued.credentials));
      } else if (!this.unattended(session)) {
        const message = 'Its credentials expired while Stint was not running.';
        await this.#end(sessionId, 'crashed', message, 'stint');
      }
    });
  }

  #rivals(session: Session): readonly string[] {
    const { book, delivery } = this.#parts;
    return book
      .all()
      .map(inForce)
      .filter((other) => other.status === 'active' && delivery.rivals(session, other))
      .map(({ sessionId }) => sessionId);
  }

  #providerFor(session: Session): CredentialProvider<never> {
    const provider = this.#parts.providers[session.type];
    if (provider === undefined) {
      throw new Problem('type-unsupported', {
        detail: `Session ${session.sessionName} is of type ${session.type}, which this version cannot start yet.`,
        next: 'Nothing was changed; the session stays in the workspace.',
        sessionId: session.sessionId,
      });
    }
    return provider;
  }

  #refuseArchived({ archivedAt, sessionId, sessionName }: Session): void {
    if (archivedAt === undefined) return;
    throw new Problem('session-archived', {
      detail: `Session ${sessionName} was valid until ${archivedAt} and is archived.`,
      next: `Give it a later end: stint session edit ${sessionId} --valid-until TIME`,
      sessionId,
    });
  }

  #ask({ sessionId }: Session, deadline: number, signal: AbortSignal) {
    return (question: Omit<Parameters<PromptDesk['ask']>[0], 'sessionId' | 'deadline'>) =>
      this.#parts.prompts.ask({ ...question, sessionId, deadline }, signal);
  }

  /** What the work came to, or the questions it waits for. */
  async #outcome(
    sessionId: string,
    work: Promise<Session>,
    callerEnvironment: readonly string[],
  ): Promise<StartOutcome> {
    const { book, prompts, delivery } = this.#parts;
    const open = () => prompts.list().filter((prompt) => prompt.sessionId === sessionId);
    let unwatch = (): unknown => undefined;
    const asked = new Promise<void>((resolve) => {
      if (open().length > 0) resolve();
      unwatch = prompts.watch((prompt) => {
        if (prompt.sessionId === sessionId) resolve();
      });
    });
    try {
      await Promise.race([work, asked]);
    } finally {
      unwatch();
      work.catch((error: unknown) => {
        this.#parts.log.warn('session.operation-failed', { sessionId, error });
      });
    }
    const session = book.get(sessionId);
    return {
      session: publicView(session),
      prompts: open(),
      findings: await delivery.inspect(inForce(session), callerEnvironment),
    };
  }
}

function named(session: Session) {
  const { sessionId, sessionName, run } = session;
  return { sessionId, sessionName, ...(run === undefined ? {} : { runId: run.id }) };
}

function failureOf(error: unknown, signal: AbortSignal): readonly [EndReason, string] {
  if (signal.aborted) return ['cancelled', (signal.reason as CalledOff).message];
  if (error instanceof PromptCancelled) return ['cancelled', 'The question was cancelled.'];
  if (error instanceof Problem) return ['failed', error.details.detail];
  return ['failed', 'Stint made a mistake; its log says more.'];
}

function cancelled({ sessionId, sessionName }: Session, message: string): Problem {
  return new Problem('session-ended', {
    detail: `Session ${sessionName}: ${message}`,
    next: `Start it again: stint start ${sessionId}`,
    sessionId,
  });
}

async function unlessLocked(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'vault-locked')) throw error;
  }
}

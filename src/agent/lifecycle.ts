import { Problem } from '../models/problem.ts';
import type { Clock } from '../services/clock/clock.ts';
import { systemClock } from '../services/clock/clock.ts';
import type { Log } from '../services/log/log.ts';

/** Each follows the one before it, and none comes again. */
export type Phase = 'starting' | 'reconciled' | 'running' | 'draining' | 'ended';

/** `handed-over`: another owner takes the workspace; `stopped`: no owner is wanted any more. */
export type AgentEnd = 'handed-over' | 'stopped';

export interface EndRequest {
  readonly end: AgentEnd;
  /** What becomes of running sessions. */
  readonly sessions: 'stop' | 'keep';
}

/** Work that has to be finished, or given up at its deadline, before the owner closes its files. */
export interface Joiner {
  /** Names it in the log. */
  readonly name: string;
  /** How long it may take, in milliseconds, by what becomes of the sessions. */
  readonly deadline: Readonly<Record<EndRequest['sessions'], number>>;
  readonly join: (request: EndRequest) => Promise<void>;
}

/** How long closing one file, database or server may take, in milliseconds. */
const closeDeadline = 2_000;

/**
 * The one life cycle of an owner process, in the agent and in the desktop app. `end` cancels first,
 * then joins what is under way, and always closes what was opened. Modelled on VS Code's
 * lifecycleMainService.ts.
 */
export class Lifecycle {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #draining = new AbortController();
  readonly #joiners: Joiner[] = [];
  readonly #resources = new AsyncDisposableStack();
  readonly #ended = Promise.withResolvers<AgentEnd>();
  #phase: Phase = 'starting';
  #request: EndRequest | undefined;

  constructor(options: { readonly log: Log; readonly clock?: Clock }) {
    this.#log = options.log;
    this.#clock = options.clock ?? systemClock;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Aborted when draining begins; its reason is the Problem that `admit` throws. */
  get signal(): AbortSignal {
    return this.#draining.signal;
  }

  /** Resolves once everything is closed; never rejects. */
  get ended(): Promise<AgentEnd> {
    return this.#ended.promise;
  }

  /** The gate for everything that starts something. Throws Problem 'owner-ending' from draining on. */
  admit(): void {
    this.signal.throwIfAborted();
  }

  /** Does nothing once the owner is draining. */
  advance(phase: 'reconciled' | 'running'): void {
    if (this.#request === undefined) this.#phase = phase;
  }

  /** Calls `cancel` when draining begins, before anything is awaited. */
  whenDraining(cancel: () => void): void {
    this.signal.addEventListener(
      'abort',
      () => {
        try {
          cancel();
        } catch (error) {
          this.#log.error('owner.cancel-failed', { error });
        }
      },
      { once: true },
    );
  }

  /** Joiners run side by side, all of them, whatever becomes of the others. */
  join(joiner: Joiner): void {
    this.#joiners.push(joiner);
  }

  /**
   * Closes a resource at the end, the newest first. `request` is undefined where the owner failed to
   * start.
   */
  closeAtEnd(name: string, close: (request: EndRequest | undefined) => Promise<void> | void): void {
    this.#resources.defer(() =>
      this.#finish('owner.close', name, closeDeadline, async () => {
        await close(this.#request);
      }),
    );
  }

  /** Ends the owner; a second request gets the end that is under way. Never rejects. */
  async end(request: EndRequest): Promise<void> {
    if (this.#request === undefined) {
      this.#request = request;
      void this.#end(request);
    }
    await this.ended;
  }

  /** Closes what an owner that failed to start has opened. Never rejects. */
  async abandon(): Promise<void> {
    this.#draining.abort(ownerEnding('stopped'));
    await this.#close('stopped');
  }

  async #end(request: EndRequest): Promise<void> {
    this.#phase = 'draining';
    this.#draining.abort(ownerEnding(request.end));
    try {
      await Promise.all(
        this.#joiners.map(({ name, deadline, join }) =>
          this.#finish('owner.join', name, deadline[request.sessions], () => join(request)),
        ),
      );
      this.#log.info('owner.end', { ...request });
    } finally {
      await this.#close(request.end);
    }
  }

  async #close(end: AgentEnd): Promise<void> {
    this.#phase = 'ended';
    await this.#resources.disposeAsync();
    this.#ended.resolve(end);
  }

  /** Waits for `work` up to its deadline, and logs what is late or fails. Never rejects. */
  async #finish(
    operation: string,
    name: string,
    deadline: number,
    work: () => Promise<void>,
  ): Promise<void> {
    const late = Promise.withResolvers<undefined>();
    const cancelTimer = this.#clock.after(deadline, () => {
      this.#log.warn(`${operation}-late`, { name, deadline });
      late.resolve(undefined);
    });
    try {
      await Promise.race([work(), late.promise]);
    } catch (error) {
      this.#log.error(`${operation}-failed`, { name, error });
    } finally {
      cancelTimer();
    }
  }
}

function ownerEnding(end: AgentEnd): Problem {
  return new Problem('owner-ending', {
    detail: 'Stint is shutting down and starts nothing new.',
    next:
      end === 'handed-over'
        ? 'Another owner is taking over: try again in a moment.'
        : 'Start Stint again, then repeat the request.',
  });
}

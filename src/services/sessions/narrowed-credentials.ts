import type { AwsCredentials } from '../../models/credentials.ts';
import type { Narrowing } from '../../models/narrowing.ts';
import { Problem } from '../../models/problem.ts';
import { renewalMargin } from '../../models/renewal.ts';
import { isAwsSession, type AwsSession, type Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import { CredentialCache } from '../credentials/credential-cache.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Explain } from '../log/log.ts';
import type { IssuedCredentials } from '../providers/provider.ts';
import { providerFor, type Providers } from '../providers/providers.ts';
import { typeRefusal } from './narrowing-rules.ts';
import { personNeeded } from './session-problems.ts';
import { effective } from './session-record.ts';

/** How long AWS, or a sign-in without a person, may take, in milliseconds: programs wait for it. */
const patience = 30_000;

/** How long what is kept is used after a failed renewal, before the next attempt, in milliseconds. */
const retryAfter = 60_000;

interface Kept {
  readonly issued: IssuedCredentials;
  /** Of the session when they were obtained. */
  readonly rotatedAt: string | undefined;
}

interface OfRun {
  readonly runId: string | undefined;
  readonly cache: CredentialCache<Kept>;
  /** Those that a program asked for since they were obtained. */
  readonly asked: Map<string, Narrowing>;
  readonly failedAt: Map<string, number>;
}

interface Parts {
  readonly providers: Providers;
  readonly find: (sessionId: string) => Session | undefined;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly log: Explain;
}

/**
 * Credentials of running sessions that may do less, for single programs: apart from those of the session, one
 * for each set of policies. In memory only; they are obtained again at each rotation and end with the run.
 */
export class NarrowedCredentials {
  readonly #parts: Parts;
  readonly #runs = new Map<string, OfRun>();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.events.subscribe(({ event }) => {
      if (event.type === 'session') this.#follow(event.session.sessionId);
      if (event.type === 'session-removed') this.#runs.delete(event.sessionId);
      if (event.type === 'vault' && event.locked) this.#runs.clear();
    });
  }

  /**
   * `session`: active, with the effective fields of its run. Asks nobody. Throws Problem 'person-needed',
   * 'cloud-refused', 'cloud-unreachable', 'vault-locked' and what its provider throws.
   */
  async get(session: AwsSession, narrowing: Narrowing): Promise<AwsCredentials> {
    const run = this.#runOf(session);
    const key = JSON.stringify([narrowing.policyArns, narrowing.policy]);
    run.asked.set(key, narrowing);
    const kept = run.cache.peek(key);
    const failedAt = run.failedAt.get(key) ?? -Infinity;
    const isWaiting = this.#parts.clock.now() - failedAt < retryAfter;
    if (kept !== undefined && isWaiting && this.#timeLeft(kept) > 0) return kept.issued.credentials;
    return (await this.#renewed(session, run, key, narrowing)).issued.credentials;
  }

  async #renewed(
    session: AwsSession,
    run: OfRun,
    key: string,
    narrowing: Narrowing,
  ): Promise<Kept> {
    const signal = AbortSignal.timeout(patience);
    try {
      const kept = await run.cache.get(key, {
        signal,
        isUsable: (one) =>
          one.rotatedAt === session.rotatedAt &&
          this.#timeLeft(one) > renewalMargin(one.issued.grantedSeconds) * 1000,
        obtain: async (shared) => ({
          issued: await this.#obtain(session, narrowing, shared),
          rotatedAt: session.rotatedAt,
        }),
      });
      run.failedAt.delete(key);
      return kept;
    } catch (error) {
      const kept = run.cache.peek(key);
      run.failedAt.set(key, this.#parts.clock.now());
      if (kept !== undefined && this.#timeLeft(kept) > 0) return kept;
      throw signal.aborted ? tooSlow(session) : error;
    }
  }

  async #obtain(
    session: AwsSession,
    narrowing: Narrowing,
    signal: AbortSignal,
  ): Promise<IssuedCredentials> {
    const { providers, clock, log } = this.#parts;
    const provider = providerFor(providers, session);
    if (provider.narrow === undefined) throw typeRefusal(session);
    const reason = `${session.sessionName}: asking AWS for credentials that may do less.`;
    log.explain(reason, { sessionId: session.sessionId });
    const ask = () => Promise.reject(personNeeded(session));
    return await provider.narrow(
      {
        session,
        fresh: true,
        unattended: true,
        signal,
        deadline: clock.now() + patience,
        ask,
        open: () => {
          throw personNeeded(session);
        },
      },
      narrowing,
    );
  }

  /** After a rotation they are obtained again, while a sign-in that it needed still serves. */
  #follow(sessionId: string): void {
    const run = this.#runs.get(sessionId);
    const session = this.#parts.find(sessionId);
    if (run === undefined) return;
    if (session?.status !== 'active' || session.run?.id !== run.runId || !isAwsSession(session)) {
      this.#runs.delete(sessionId);
      return;
    }
    for (const [key, narrowing] of run.asked) {
      if (run.cache.peek(key)?.rotatedAt === session.rotatedAt) continue;
      run.asked.delete(key);
      // What fails now is tried again when the program asks.
      this.#renewed(effective(session) as AwsSession, run, key, narrowing).catch(() => undefined);
    }
  }

  #runOf({ sessionId, run }: AwsSession): OfRun {
    const known = this.#runs.get(sessionId);
    if (known !== undefined && known.runId === run?.id) return known;
    const made: OfRun = {
      runId: run?.id,
      cache: new CredentialCache<Kept>(),
      asked: new Map(),
      failedAt: new Map(),
    };
    this.#runs.set(sessionId, made);
    return made;
  }

  /** In milliseconds, by the clock of the service. */
  #timeLeft({ issued: { credentials, clockOffset = 0 } }: Kept): number {
    return Date.parse(credentials.expiration) - clockOffset - this.#parts.clock.now();
  }
}

function tooSlow({ sessionId, sessionName }: Session): Problem {
  return new Problem('cloud-unreachable', {
    detail: `Session ${sessionName} got no narrowed credentials within ${patience / 1000} s.`,
    next: 'Run the program again. If that fails too, check the network: stint doctor',
    sessionId,
  });
}

import type { Log } from '../log/log.ts';
import type { LeaseDatabase } from './lease-database.ts';
import type { LeaseRecord } from './lease-record.ts';

/**
 * All leases in memory, so that SDKs are answered at once. That a lease is opened is written before
 * it counts; uses and ends are written when there is a moment, and again where that fails.
 */
export class LeaseRepository {
  readonly #database: LeaseDatabase;
  readonly #log: Log;
  readonly #leases = new Map<string, LeaseRecord>();
  readonly #runUses = new Map<string, number>();
  readonly #unwritten = new Set<string>();
  readonly #unwrittenRuns = new Set<string>();

  /** What cannot be read is as if there were none: its holders are refused, and nothing else fails. */
  constructor(database: LeaseDatabase, log: Log) {
    this.#database = database;
    this.#log = log;
    try {
      for (const lease of database.all()) this.#leases.set(lease.leaseId, lease);
      for (const [runId, at] of database.runUses()) this.#runUses.set(runId, at);
    } catch (error) {
      log.error('leases.unreadable', { error });
    }
  }

  all(): readonly LeaseRecord[] {
    return [...this.#leases.values()];
  }

  find(leaseId: string): LeaseRecord | undefined {
    return this.#leases.get(leaseId);
  }

  /** In the order they were opened. */
  ofSession(sessionId: string): readonly LeaseRecord[] {
    return this.all().filter((lease) => lease.sessionId === sessionId);
  }

  /** Throws where it cannot be written; it is not opened then. */
  add(lease: LeaseRecord): void {
    this.#database.add(lease);
    this.#leases.set(lease.leaseId, lease);
  }

  change(lease: LeaseRecord): void {
    this.#leases.set(lease.leaseId, lease);
    this.#unwritten.add(lease.leaseId);
  }

  /** When the run was last given credentials, in milliseconds since the epoch. */
  lastUse(runId: string): number | undefined {
    const uses = this.all()
      .filter((lease) => lease.runId === runId)
      .map(({ lastUsedAt }) => lastUsedAt)
      .concat(this.#runUses.get(runId) ?? []);
    return uses.length === 0 ? undefined : Math.max(...uses);
  }

  noteRunUse(runId: string, at: number): void {
    this.#runUses.set(runId, at);
    this.#unwrittenRuns.add(runId);
  }

  /** Those closed before `now - age` are forgotten, both in milliseconds. */
  forget(now: number, age: number): void {
    for (const { leaseId, closedAt } of this.all()) {
      if (closedAt !== undefined && closedAt < now - age) this.#leases.delete(leaseId);
    }
  }

  /** Writes what has changed; never throws. */
  flush(): void {
    if (this.#unwritten.size + this.#unwrittenRuns.size === 0) return;
    const leases = [...this.#unwritten].flatMap((leaseId) => this.find(leaseId) ?? []);
    const runs = [...this.#unwrittenRuns].map(
      (runId) => [runId, this.#runUses.get(runId) ?? 0] as const,
    );
    try {
      this.#database.update(leases, new Map(runs));
      this.#unwritten.clear();
      this.#unwrittenRuns.clear();
    } catch (error) {
      this.#log.warn('leases.unwritten', { error });
    }
  }

  close(): void {
    this.flush();
    this.#database.close();
  }
}

import type { Log } from '../log/log.ts';
import type { LeaseDatabase } from './lease-database.ts';
import type { LeaseRecord } from './lease-record.ts';

/**
 * All leases in memory, so that SDKs are answered at once. An opened lease is written before it
 * counts; uses and ends are written now and then, and again where that fails.
 */
export class LeaseRepository {
  readonly #database: LeaseDatabase;
  readonly #log: Log;
  readonly #leases = new Map<string, LeaseRecord>();
  /** Ids of each session's leases, in the order they were opened. */
  readonly #bySession = new Map<string, Set<string>>();
  /** When each run was last given credentials, by elapsed time. */
  readonly #lastUses = new Map<string, number>();
  readonly #unwritten = new Set<string>();
  /** From the machine's clock to elapsed time, when the owner before noted uses. */
  readonly #offsetBefore: number;

  /** Leases that cannot be read count as none: their holders are refused, and nothing else fails. */
  constructor(database: LeaseDatabase, log: Log, elapsed: { readonly offsetBefore: number }) {
    this.#database = database;
    this.#log = log;
    this.#offsetBefore = elapsed.offsetBefore;
    try {
      const { leases, unreadable } = database.all();
      for (const lease of leases) this.#put(lease);
      if (unreadable > 0) log.error('leases.damaged', { count: unreadable });
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
    const ids = this.#bySession.get(sessionId) ?? [];
    return [...ids].flatMap((leaseId) => this.#leases.get(leaseId) ?? []);
  }

  /** Throws where it cannot be written; it is not opened then. */
  add(lease: LeaseRecord): void {
    this.#database.add(lease);
    this.#put(lease);
  }

  change(lease: LeaseRecord): void {
    this.#put(lease);
    this.#unwritten.add(lease.leaseId);
  }

  /** When the run was last given credentials, in milliseconds of elapsed time. */
  lastUse(runId: string): number | undefined {
    return this.#lastUses.get(runId);
  }

  /** Forgets leases closed before `now - age`, both in milliseconds. */
  forget(now: number, age: number): void {
    for (const { leaseId, sessionId, closedAt } of this.all()) {
      if (closedAt === undefined || closedAt >= now - age) continue;
      this.#leases.delete(leaseId);
      const ids = this.#bySession.get(sessionId);
      ids?.delete(leaseId);
      if (ids?.size === 0) this.#bySession.delete(sessionId);
    }
  }

  /** Writes what has changed; never throws. */
  flush(): void {
    if (this.#unwritten.size === 0) return;
    const leases = [...this.#unwritten].flatMap((leaseId) => this.find(leaseId) ?? []);
    try {
      this.#database.update(leases);
      this.#unwritten.clear();
    } catch (error) {
      this.#log.warn('leases.unwritten', { error });
    }
  }

  close(): void {
    this.flush();
    this.#database.close();
  }

  #put(lease: LeaseRecord): void {
    const { leaseId, sessionId, runId, lastUsedAt } = lease;
    const { usedAtElapsed = lastUsedAt + this.#offsetBefore } = lease;
    this.#leases.set(leaseId, lease);
    const ids = this.#bySession.get(sessionId) ?? new Set();
    this.#bySession.set(sessionId, ids.add(leaseId));
    this.#noteUse(runId, usedAtElapsed);
  }

  #noteUse(runId: string, at: number): void {
    this.#lastUses.set(runId, Math.max(at, this.#lastUses.get(runId) ?? 0));
  }
}

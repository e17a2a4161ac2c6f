import * as z from 'zod';
import type { HistoryVerification } from '../../models/history-verification.ts';
import { Problem } from '../../models/problem.ts';
import { instantSchema, toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import { Mutex } from '../concurrency/mutex.ts';
import type { Log } from '../log/log.ts';
import type { Vault } from '../vault/vault-contract.ts';
import type { ChainedHistory } from './history.ts';
import { describeCheck } from './verification-text.ts';
import { checkChain, type Expected } from './verify-chain.ts';

const secretName = 'history/head';

/** The longest that the vault waits for the end of a history that grows, in milliseconds. */
const longestDelay = 60_000;

/** Breaks that are remembered; the first ones say most. */
const mostBreaks = 20;

const headSchema = z.object({
  entryId: z.int(),
  hash: z.string(),
  rows: z.int(),
  breaks: z.array(z.object({ entryId: z.int(), at: instantSchema })),
});
type Head = z.infer<typeof headSchema>;

export interface HistoryAnchorParts {
  readonly history: ChainedHistory;
  readonly vault: Pick<Vault, 'get' | 'set' | 'status'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Keeps the end of the history in the vault: a program that can write the file but not open the
 * vault can neither remove the newest entries nor write the whole chain again unnoticed.
 */
export class HistoryAnchor {
  readonly #parts: HistoryAnchorParts;
  readonly #turns = new Mutex();
  readonly #notices: string[] = [];
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(parts: HistoryAnchorParts) {
    this.#parts = parts;
  }

  /** Call it for each new entry: at most one write of the vault in a minute follows. */
  noteAppended(): void {
    if (this.#cancel !== undefined || this.#closed) return;
    this.#cancel = this.#parts.clock.after(longestDelay, () => {
      this.#cancel = undefined;
      void this.store();
    });
  }

  /**
   * Writes the end of the history to the vault, unless that is locked or has it. What the vault knew and
   * the file no longer has is kept there as a break. Never rejects: a history must not stop anything.
   */
  async store(): Promise<void> {
    await this.#turns.run(async () => {
      try {
        await this.#store();
      } catch (error) {
        this.#parts.log.warn('history.head-not-stored', { error });
      }
    });
  }

  /** Stores what is not stored yet. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#cancel === undefined) return;
    this.#cancel();
    await this.store();
  }

  /** Reads the whole history. Throws Problem 'file-unreadable'. */
  async verify(): Promise<HistoryVerification> {
    const { history, vault } = this.#parts;
    const { locked } = vault.status();
    const head = locked ? undefined : await this.#head();
    const written = history.lastWritten();
    const expected: Expected[] = [head, written].filter((one) => one !== undefined);
    const check = await checkChain(history, expected);
    return describeCheck(check, { locked, known: head?.entryId, found: head?.breaks ?? [] });
  }

  /** For the user, about entries that are gone. */
  notices(): readonly string[] {
    return this.#notices;
  }

  async #store(): Promise<void> {
    const { history, vault, clock, log } = this.#parts;
    if (vault.status().locked) return;
    const kept = await this.#head();
    const { entryId, hash, rows } = history.head();
    if (kept === undefined && rows === 0) return;
    if (kept !== undefined && kept.hash === hash && kept.rows === rows) return;
    const at = toInstant(clock.now());
    const known = kept?.breaks ?? [];
    const breaks = [kept, history.lastWritten()]
      .filter((one) => one !== undefined)
      .filter((one) => !this.#has(one) && known.at(-1)?.entryId !== one.entryId)
      .map((one) => ({ entryId: one.entryId, at }))
      .slice(0, 1);
    for (const one of breaks) {
      log.warn('history.broken', { entryId: one.entryId });
      this.#notices.push(
        `The history was changed by another program: it no longer has entry ${one.entryId} as Stint ` +
          'wrote it. `stint history verify` says more.',
      );
    }
    const head: Head = { entryId, hash, rows, breaks: [...known, ...breaks].slice(0, mostBreaks) };
    await vault.set(secretName, JSON.stringify(head));
  }

  #has({ entryId, hash, rows }: Expected): boolean {
    const found = this.#parts.history.positionOf(entryId);
    return found?.hash === hash && (rows === undefined || found.rows === rows);
  }

  async #head(): Promise<Head | undefined> {
    const text = await this.#parts.vault.get(secretName).catch((problem: unknown) => {
      // It may have been locked since.
      if (problem instanceof Problem) return undefined;
      throw problem;
    });
    const parsed = headSchema.safeParse(text === undefined ? undefined : JSON.parse(text));
    return parsed.data;
  }
}

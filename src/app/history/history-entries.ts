import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { HistoryEntry } from '../../models/history.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { problemText, type ProblemText } from '../toasts/problem-text.ts';
import { historyQuery, isShown, type HistoryFilter } from './history-filter.ts';

const pageLength = 100;
/** Several events of one start are answered by one reading, after this many milliseconds. */
const readAfter = 250;

/** The entries of the history that a filter lets through, newest first; new ones come by themselves. */
@Injectable()
export class HistoryEntries {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #filter = signal<HistoryFilter | undefined>(undefined);
  readonly #items = signal<readonly HistoryEntry[] | undefined>(undefined);
  readonly #failure = signal<ProblemText | undefined>(undefined);
  readonly #reading = signal(false);
  readonly #nextCursor = signal<string | undefined>(undefined);
  /** The filter's time in milliseconds: all its pages begin at the same moment. */
  #now = Date.now();

  /** Undefined until they were read. */
  readonly items = this.#items.asReadonly();
  readonly failure = this.#failure.asReadonly();
  readonly reading = this.#reading.asReadonly();
  readonly hasMore = () => this.#nextCursor() !== undefined;

  constructor() {
    effect((onCleanup) => {
      this.#workspace.changeCount();
      if (untracked(this.#items) === undefined) return;
      const timer = setTimeout(() => void this.#readNew(), readAfter);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  /** Shows the entries of another filter, from the newest. An effect that calls it follows nothing of it. */
  async show(filter: HistoryFilter): Promise<void> {
    await untracked(async () => {
      this.#filter.set(filter);
      this.#now = Date.now();
      this.#items.set(undefined);
      this.#nextCursor.set(undefined);
      const changes = this.#workspace.changeCount();
      await this.more();
      // What came while they were read is not among them.
      if (changes !== this.#workspace.changeCount()) await this.#readNew();
    });
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    const filter = this.#filter();
    if (filter === undefined) return;
    this.#reading.set(true);
    try {
      let added = 0;
      do {
        const page = await this.#page(filter, this.#nextCursor());
        // Another filter was chosen meanwhile.
        if (filter !== this.#filter()) return;
        const items = page.items.filter((entry) => isShown(entry, filter));
        added += items.length;
        this.#items.update((before = []) => [...before, ...items]);
        this.#nextCursor.set(page.nextCursor);
      } while (added === 0 && this.hasMore());
      this.#failure.set(undefined);
    } catch (error) {
      if (filter === this.#filter()) this.#failure.set(problemText(error));
    } finally {
      if (filter === this.#filter()) this.#reading.set(false);
    }
  }

  async #readNew(): Promise<void> {
    const filter = this.#filter();
    if (filter === undefined) return;
    try {
      const { items } = await this.#page(filter, undefined);
      const before = this.#items();
      // Another filter was chosen meanwhile.
      if (filter !== this.#filter() || before === undefined) return;
      const newest = before[0]?.entryId ?? 0;
      const added = items.filter((one) => one.entryId > newest && isShown(one, filter));
      if (added.length === 0) return;
      // More than a page came at once: what is between is unknown.
      if (added.length === pageLength && before.length > 0) await this.show(filter);
      else this.#items.set([...added, ...before]);
    } catch {
      // The next event, or a new connection, reads again.
    }
  }

  async #page(filter: HistoryFilter, cursor: string | undefined) {
    return await this.#owner.client.request('GET', '/v1/history', {
      query: {
        ...historyQuery(filter, this.#now),
        limit: pageLength,
        ...(cursor === undefined ? {} : { cursor }),
      },
    });
  }
}

import { computed, Injectable, signal } from '@angular/core';

interface Entry {
  readonly path: string;
  readonly query: string;
}

/** Browsers limit how often the address changes, so changes in quick succession are written together. In milliseconds. */
const writtenAfter = 200;

/** The address of the window: which page it shows, and how. Back, Forward and Reload keep it. */
@Injectable({ providedIn: 'root' })
export class Address {
  readonly #entry = signal<Entry>(entryOf(location), { equal: isSameEntry });
  readonly path = computed(() => this.#entry().path);
  readonly query = computed(() => new URLSearchParams(this.#entry().query));
  #writing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    addEventListener('popstate', () => {
      this.#cancelWriting();
      this.#entry.set(entryOf(location));
    });
    addEventListener('pagehide', () => {
      this.#write();
    });
  }

  /** Goes to another page or list, from which Back returns to this one. */
  go(path: string, query = new URLSearchParams()): void {
    this.#write();
    const entry = { path, query: query.toString() };
    if (isSameEntry(entry, this.#entry())) return;
    this.#entry.set(entry);
    history.pushState(null, '', text(entry));
  }

  /** Changes how the page is shown; Back skips what was before. */
  change(query: URLSearchParams): void {
    this.#entry.update(({ path }) => ({ path, query: query.toString() }));
    this.#writing ??= setTimeout(() => {
      this.#write();
    }, writtenAfter);
  }

  #write(): void {
    if (this.#writing === undefined) return;
    this.#cancelWriting();
    history.replaceState(null, '', text(this.#entry()));
  }

  #cancelWriting(): void {
    clearTimeout(this.#writing);
    this.#writing = undefined;
  }
}

function entryOf({ pathname, search }: Location): Entry {
  return { path: pathname, query: search.slice(1) };
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return a.path === b.path && a.query === b.query;
}

function text({ path, query }: Entry): string {
  return query === '' ? path : `${path}?${query}`;
}

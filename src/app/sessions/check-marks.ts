import { computed, inject, Injectable, signal } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { ListView } from './list-view.ts';

/** The sessions with a check mark, for the actions on several of them. Only those in the list count. */
@Injectable({ providedIn: 'root' })
export class CheckMarks {
  readonly #view = inject(ListView);
  readonly #ids = signal<ReadonlySet<string>>(new Set());
  /** Where a range that Shift extends begins. */
  #anchor: string | undefined;

  readonly sessions = computed(() => {
    const ids = this.#ids();
    return ids.size === 0 ? [] : this.#view.shown().filter(({ sessionId }) => ids.has(sessionId));
  });

  has(sessionId: string): boolean {
    return this.#ids().has(sessionId);
  }

  /** Whether all of them have one, some of them, or none. */
  stateOf(sessions: readonly Session[]): 'all' | 'some' | 'none' {
    if (this.#ids().size === 0) return 'none';
    const count = sessions.filter(({ sessionId }) => this.has(sessionId)).length;
    if (count === 0) return 'none';
    return count === sessions.length ? 'all' : 'some';
  }

  toggle(sessionId: string): void {
    this.set([sessionId], !this.has(sessionId));
    this.#anchor = sessionId;
  }

  /** Checks everything listed between the last one that was toggled and this one. */
  extendTo(sessionId: string): void {
    const ids = this.#view.listedIds();
    const to = ids.indexOf(sessionId);
    const from = ids.indexOf(this.#anchor ?? this.#view.selectedId() ?? sessionId);
    if (to < 0) return;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    this.set(ids.slice(first, last + 1), true);
  }

  toggleAll(sessions: readonly Session[]): void {
    const isChecked = this.stateOf(sessions) !== 'all';
    this.set(
      sessions.map(({ sessionId }) => sessionId),
      isChecked,
    );
  }

  clear(): void {
    this.#ids.set(new Set());
    this.#anchor = undefined;
  }

  set(ids: readonly string[], isChecked: boolean): void {
    this.#ids.update((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (isChecked) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  }
}

import { computed, inject, Injectable, linkedSignal } from '@angular/core';
import { Address } from '../navigation/address.ts';
import { Page } from '../navigation/page.ts';
import { formatListState, parseListState, wholeList, type ListState } from './list-state.ts';

/** How the address says that the sessions are listed; on other pages, how it said so last. */
@Injectable({ providedIn: 'root' })
export class ListAddress {
  readonly #address = inject(Address);
  readonly #page = inject(Page);
  readonly #state = linkedSignal<ListState | undefined, ListState>({
    source: () =>
      this.#page.shown() === 'sessions' ? parseListState(this.#address.query()) : undefined,
    computation: (state, before) => state ?? before?.value ?? wholeList,
  });
  readonly state = this.#state.asReadonly();
  /** The sessions are on the screen, not another page. */
  readonly isShown = computed(() => this.#page.shown() === 'sessions');

  /** To another list, from which Back returns to this one. */
  go(changes: Partial<ListState>): void {
    this.#address.go('/', formatListState({ ...this.#state(), ...changes }));
  }

  /** A detail of the same list; from another page, the list with it. */
  change(changes: Partial<ListState>): void {
    if (this.isShown()) {
      this.#address.change(formatListState({ ...this.#state(), ...changes }));
    } else {
      this.go(changes);
    }
  }
}

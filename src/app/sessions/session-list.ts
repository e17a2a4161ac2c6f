import type { ElementRef } from '@angular/core';
import { Component, effect, inject, viewChild } from '@angular/core';
import type { Session } from '../connection/owner.ts';
import { Icon } from '../icons/icon.ts';
import { ListView, type SortColumn } from './list-view.ts';
import { Operations } from './operations.ts';
import { SessionRow } from './session-row.ts';

interface Column {
  readonly title: string;
  readonly sortsBy?: SortColumn;
  readonly class: string;
}

/** All sessions shown, as a grid that arrow keys move in. */
@Component({
  selector: 'stint-session-list',
  imports: [Icon, SessionRow],
  templateUrl: './session-list.html',
  styleUrl: './session-list.css',
})
export class SessionList {
  protected readonly view = inject(ListView);
  readonly #operations = inject(Operations);
  protected readonly grid = viewChild<ElementRef<HTMLElement>>('grid');
  protected readonly columns: readonly Column[] = [
    { title: 'Session', sortsBy: 'sessionName', class: 'name' },
    { title: 'Access', class: 'access' },
    { title: 'Profile', class: 'profile' },
    { title: 'Region', class: 'region' },
    { title: 'Started', sortsBy: 'startDateTime', class: 'started' },
    { title: 'Time left', class: 'left' },
  ];

  constructor() {
    effect(() => {
      if (this.view.selectedId() === undefined || !this.#hasFocus()) return;
      setTimeout(() => {
        this.focus();
      });
    });
  }

  /** Gives the keyboard to the selected row, or the first one. */
  focus(): void {
    if (this.view.selected() === undefined) this.view.move('first');
    setTimeout(() => {
      const row = this.grid()?.nativeElement.querySelector<HTMLElement>('[tabindex="0"]');
      row?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected ariaSort(column: Column): 'ascending' | 'descending' | 'none' | null {
    if (column.sortsBy === undefined) return null;
    const order = this.view.order();
    if (order === undefined) return column.sortsBy === 'startDateTime' ? 'descending' : 'none';
    if (order.field !== column.sortsBy) return 'none';
    return order.descending ? 'descending' : 'ascending';
  }

  /** One row can be reached by Tab: the selected one, else the first. */
  protected isTabStop(session: Session): boolean {
    const selected = this.view.selected();
    const stop = selected === undefined ? this.view.shown()[0] : selected;
    return stop?.sessionId === session.sessionId;
  }

  protected async onKey(event: KeyboardEvent): Promise<void> {
    const moves = { ArrowDown: 1, ArrowUp: -1, Home: 'first', End: 'last' } as const;
    const move = moves[event.key as keyof typeof moves] as (typeof moves)['Home'] | undefined;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (move !== undefined) {
      event.preventDefault();
      this.view.move(move);
    } else if (event.key === 'Enter' && event.target instanceof HTMLElement) {
      if (event.target.role !== 'row') return;
      event.preventDefault();
      const session = this.view.selected();
      if (session !== undefined) await this.#operations.toggle(session);
    }
  }

  #hasFocus(): boolean {
    return this.grid()?.nativeElement.contains(document.activeElement) ?? false;
  }
}

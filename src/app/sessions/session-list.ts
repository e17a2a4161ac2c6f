import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { ListView, type SortColumn } from './list-view.ts';
import { Operations } from './operations.ts';
import { rowHeight, rowsInView, titleHeight, type View } from './rows-in-view.ts';
import { SessionRow } from './session-row.ts';

interface Column {
  readonly title: string;
  readonly sortsBy?: SortColumn;
  readonly class: string;
}

/** The sessions shown, as a grid that arrow keys move in. */
@Component({
  selector: 'stint-session-list',
  imports: [Icon, SessionRow],
  templateUrl: './session-list.html',
  styleUrl: './session-list.css',
  host: {
    '(scroll)': 'measure()',
    '[style.--row-height]': `'${rowHeight}px'`,
    '[style.--title-height]': `'${titleHeight}px'`,
  },
})
export class SessionList {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly view = inject(ListView);
  readonly #operations = inject(Operations);
  protected readonly grid = viewChild<ElementRef<HTMLElement>>('grid');
  protected readonly columns: readonly Column[] = [
    { title: 'Session', sortsBy: 'sessionName', class: 'name' },
    { title: 'Type', class: 'type' },
    { title: 'Profile', class: 'profile' },
    { title: 'Region', class: 'region' },
    { title: 'Started', sortsBy: 'startDateTime', class: 'started' },
    { title: 'Time left', class: 'left' },
  ];

  readonly #view = signal<View>({ top: 0, height: 0 });
  protected readonly groups = computed(() =>
    rowsInView(this.view.groups(), this.#view(), this.view.tabStop()),
  );
  /** With the head and the group titles. */
  protected readonly rowCount = computed(
    () =>
      1 + this.groups().reduce((sum, { title, count }) => sum + count + Number(title !== ''), 0),
  );

  constructor() {
    const resized = new ResizeObserver(() => {
      this.measure();
    });
    afterNextRender(() => {
      resized.observe(this.#host);
    });
    inject(DestroyRef).onDestroy(() => {
      resized.disconnect();
    });
    effect(() => {
      if (this.view.selectedId() === undefined || !this.#hasFocus()) return;
      setTimeout(() => {
        this.focus();
      });
    });
  }

  /** Moves the focus to the selected row, or the first one. */
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

  /** Notes which part of the list is visible, rounded to rows: less would change nothing. */
  protected measure(): void {
    const top = Math.floor(this.#host.scrollTop / rowHeight) * rowHeight;
    const height = Math.ceil(this.#host.clientHeight / rowHeight + 1) * rowHeight;
    const { top: topBefore, height: heightBefore } = this.#view();
    if (top !== topBefore || height !== heightBefore) this.#view.set({ top, height });
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

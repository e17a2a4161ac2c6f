import {
  afterNextRender,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { CheckMarks } from './check-marks.ts';
import { ColumnHead } from './column-head.ts';
import { ColumnSettings } from './column-settings.ts';
import { columnGap, columnTemplate, shownColumns, type Column, type ColumnId } from './columns.ts';
import { FailureRow } from './failure-row.ts';
import { GroupHead } from './group-head.ts';
import { InUse } from './in-use.ts';
import { ListCursor, type Move } from './list-cursor.ts';
import { ListView } from './list-view.ts';
import { reuseRows, type DrawnGroup, type FocusedSlots } from './reused-rows.ts';
import {
  layOut,
  rowHeight,
  rowsInView,
  titleHeight,
  topOf,
  type PositionedGroup,
  type View,
} from './rows-in-view.ts';
import { SessionRow } from './session-row.ts';

/** A session with the point that was clicked, in pixels of the window. */
export interface MenuRequest {
  readonly session: Session;
  readonly x: number;
  readonly y: number;
}

const moves: Readonly<Record<string, Move>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
};

/** The sessions shown, as a grid that arrow keys move in. */
@Component({
  selector: 'stint-session-list',
  imports: [ColumnHead, FailureRow, GroupHead, SessionRow],
  templateUrl: './session-list.html',
  styleUrl: './session-list.css',
  host: {
    '(scroll)': 'measure()',
    '[style.--row-height]': `'${rowHeight}px'`,
    '[style.--title-height]': `'${titleHeight}px'`,
    '[style.--column-gap]': `'${columnGap}px'`,
    '[style.--columns]': 'template()',
  },
})
export class SessionList {
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly view = inject(ListView);
  protected readonly marks = inject(CheckMarks);
  readonly #cursor = inject(ListCursor);
  readonly #settings = inject(ColumnSettings);
  /** Double click, or Enter. */
  readonly activated = output<Session>();
  readonly menu = output<MenuRequest>();
  /** The person wants to answer what the session waits for. */
  readonly answer = output<Session>();
  protected readonly grid = viewChild<ElementRef<HTMLElement>>('grid');

  readonly #view = signal<View>({ top: 0, height: 0 });
  readonly #width = signal(0);
  protected readonly grouping = this.view.grouping;
  protected readonly columns = computed(() =>
    shownColumns(this.#settings.choices(), this.#width(), this.#settings.unneeded(this.grouping())),
  );
  protected readonly template = computed(() =>
    columnTemplate(this.columns(), this.#settings.choices()),
  );
  protected readonly layout = computed(() => layOut(this.view.groups()));
  /** Those with a row to draw, in the elements that drew others before. */
  protected readonly groups = linkedSignal<readonly PositionedGroup[], readonly DrawnGroup[]>({
    source: () => {
      const stop = this.#cursor.tabStop();
      const focused = stop?.kind === 'session' ? stop.session : stop?.key;
      return rowsInView(this.layout(), this.#view(), focused);
    },
    computation: (groups, before) => reuseRows(groups, before?.value ?? [], this.#focusedSlots()),
  });
  /** Changes when the keyboard goes to another row, and when that row can have moved. */
  readonly #followed = computed(() => {
    const stop = this.#cursor.tabStop();
    if (stop === undefined || !this.#cursor.isSet()) return '';
    return stop.kind === 'group' ? stop.key : `${stop.session.sessionId} ${stop.session.status}`;
  });
  protected readonly marked = computed(() => this.marks.stateOf(this.view.shown()));
  protected readonly isFiltered = computed(() =>
    Object.values(this.view.filters()).some((values) => values.length > 0),
  );

  constructor() {
    inject(InUse).follow(
      computed(() =>
        this.groups().flatMap(({ rows }) => rows.map(({ row: { session } }) => session)),
      ),
    );
    const resized = new ResizeObserver(() => {
      this.measure();
    });
    afterNextRender(() => {
      resized.observe(this.#host);
      this.#scrollToTabStop();
    });
    inject(DestroyRef).onDestroy(() => {
      resized.disconnect();
    });
    // The focus and the scroll position follow the row that the keyboard is on, also when a start or a
    // stop moves it.
    effect(() => {
      // Nothing is selected: the focus stays where it is.
      if (this.#followed() === '') return;
      const hasFocus = this.#hasFocus();
      setTimeout(() => {
        this.#scrollToTabStop();
        // Once the row is drawn where it is now.
        if (hasFocus) setTimeout(this.#focusUnlessTaken);
      });
    });
    // A row that goes to another group is drawn again, without the focus.
    effect(() => {
      this.view.groups();
      if (!this.#hasFocus()) return;
      setTimeout(() => {
        if (document.activeElement === document.body) this.#focusUnlessTaken();
      });
    });
  }

  /** Moves the focus to the row that the keyboard is on, or the first one. */
  focus(): void {
    if (!this.#cursor.isSet()) this.#cursor.move('first');
    this.#scrollToTabStop();
    setTimeout(() => {
      this.#tabStopRow()?.focus({ preventScroll: true });
    });
  }

  /** The same at once. That row is drawn, unless the keyboard has just gone to it. */
  focusNow(): void {
    this.#scrollToTabStop();
    this.#tabStopRow()?.focus({ preventScroll: true });
  }

  /** Meanwhile a question, a menu or a dialog can have taken the focus. */
  readonly #focusUnlessTaken = () => {
    if (document.activeElement !== document.body && !this.#hasFocus()) return;
    this.#tabStopRow()?.focus({ preventScroll: true });
  };

  protected isTabStop(target: Session | string): boolean {
    const stop = this.#cursor.tabStop();
    return stop?.kind === 'session' ? stop.session === target : stop?.key === target;
  }

  /** Notes which part of the list is visible, rounded to rows: less would change nothing. */
  protected measure(): void {
    const top = Math.floor(this.#host.scrollTop / rowHeight) * rowHeight;
    const height = Math.ceil(this.#host.clientHeight / rowHeight + 1) * rowHeight;
    const { top: topBefore, height: heightBefore } = this.#view();
    if (top !== topBefore || height !== heightBefore) this.#view.set({ top, height });
    this.#width.set(this.#host.clientWidth);
  }

  protected onKey(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'a') {
      event.preventDefault();
      this.marks.toggleAll(this.view.shown());
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(this.#host.clientHeight / rowHeight) - 2);
    const move = moves[key] ?? { PageDown: { page }, PageUp: { page: -page } }[key];
    if (move !== undefined) {
      event.preventDefault();
      this.#cursor.move(move);
      const stop = this.#cursor.tabStop();
      if (event.shiftKey && stop?.kind === 'session') this.marks.extendTo(stop.session.sessionId);
    } else if (target instanceof HTMLElement && target.role === 'row') {
      this.#onRowKey(event);
    }
  }

  #onRowKey(event: KeyboardEvent): void {
    const stop = this.#cursor.tabStop();
    if (stop === undefined) return;
    const isSession = stop.kind === 'session';
    const group = this.view.groups().find(({ key }) => !isSession && key === stop.key);
    const actions: Readonly<Record<string, () => void>> = {
      Enter: () => {
        if (isSession) this.activated.emit(stop.session);
        else this.#cursor.expand();
      },
      ' ': () => {
        if (isSession) this.marks.toggle(stop.session.sessionId);
        else if (group !== undefined) this.marks.toggleAll(group.sessions);
      },
      ArrowLeft: () => {
        this.#cursor.collapse();
      },
      ArrowRight: () => {
        this.#cursor.expand();
      },
      ContextMenu: () => {
        if (isSession) this.#menuAtRow(stop.session);
      },
    };
    const action = event.key === 'F10' && event.shiftKey ? 'ContextMenu' : event.key;
    if (actions[action] === undefined) return;
    event.preventDefault();
    actions[action]();
  }

  protected onClick({ sessionId }: Session, event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey) this.marks.toggle(sessionId);
    else if (event.shiftKey) this.marks.extendTo(sessionId);
    else this.#cursor.select(sessionId);
  }

  protected onCheck({ sessionId }: Session, extend: boolean): void {
    if (extend) this.marks.extendTo(sessionId);
    else this.marks.toggle(sessionId);
  }

  protected onCheckAll(event: MouseEvent): void {
    event.preventDefault();
    this.marks.toggleAll(this.view.shown());
  }

  protected onContextMenu(session: Session, event: MouseEvent): void {
    event.preventDefault();
    this.#cursor.select(session.sessionId);
    // By the keyboard, browsers name no point inside the row.
    if (event.clientX === 0 && event.clientY === 0) this.#menuAtRow(session);
    else this.menu.emit({ session, x: event.clientX, y: event.clientY });
  }

  protected onColumnMoved({ id }: Column, to: ColumnId | -1 | 1): void {
    const shown = this.columns();
    const neighbour =
      typeof to === 'number' ? shown[shown.findIndex((one) => one.id === id) + to] : undefined;
    const over = typeof to === 'number' ? neighbour?.id : to;
    if (over === undefined || over === 'session') return;
    this.#settings.move(id, over);
    // An element that moves loses the focus.
    setTimeout(() => {
      const head = `stint-column-head[data-column="${id}"] .sort`;
      this.grid()?.nativeElement.querySelector<HTMLElement>(head)?.focus();
    });
  }

  #menuAtRow(session: Session): void {
    const box = this.#tabStopRow()?.getBoundingClientRect();
    if (box !== undefined) this.menu.emit({ session, x: box.left + 60, y: box.bottom });
  }

  #tabStopRow(): HTMLElement | null | undefined {
    return this.grid()?.nativeElement.querySelector<HTMLElement>('[role="row"][tabindex="0"]');
  }

  /** Rows out of view are not drawn, so their position is computed. */
  #scrollToTabStop(): void {
    const stop = this.#cursor.tabStop();
    if (stop === undefined || !this.#cursor.isSet()) return;
    const target = stop.kind === 'session' ? stop.session : stop.key;
    const top = topOf(this.layout(), target);
    const head = this.grid()?.nativeElement.querySelector('.head')?.clientHeight ?? 0;
    if (top === undefined) return;
    const visible = this.#host.clientHeight - head;
    const { scrollTop } = this.#host;
    if (top < scrollTop) this.#host.scrollTop = Math.max(0, top - titleHeight);
    else if (top + titleHeight > scrollTop + visible) {
      this.#host.scrollTop = top + titleHeight - visible;
    }
    this.measure();
  }

  /** The elements say it themselves: what they are about to show is no longer what they show. */
  #focusedSlots(): FocusedSlots | undefined {
    const group = document.activeElement?.closest<HTMLElement>('.group');
    if (!group || !this.#host.contains(group)) return undefined;
    const row = document.activeElement?.closest<HTMLElement>('[role="row"]');
    return { group: group.dataset['slot'], row: row?.dataset['slot'] };
  }

  #hasFocus(): boolean {
    return this.#host.contains(document.activeElement?.closest('.group') ?? null);
  }
}

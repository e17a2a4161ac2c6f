import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import {
  limited,
  narrowestColumn,
  readColumns,
  widestColumn,
  type Column,
  type ColumnId,
} from './columns.ts';
import { ColumnSettings } from './column-settings.ts';
import { ListView } from './list-view.ts';

/** How far an arrow key moves the edge of a column, in pixels. */
const keyStep = 12;

/** From so many pixels on, a press on the head drags it instead of sorting. */
const dragDistance = 6;

/** The head of a column: sorts by it, moves it when it is dragged, and resizes it by its edge. */
@Component({
  selector: 'stint-column-head',
  imports: [Icon],
  template: `
    <button
      type="button"
      class="sort"
      [class.sorted]="sort() !== 'none'"
      [attr.aria-keyshortcuts]="isMovable() ? 'Shift+ArrowLeft Shift+ArrowRight' : null"
      (pointerdown)="onGrab($event)"
      (pointermove)="onDrag($event)"
      (pointerup)="onDrop()"
      (pointercancel)="letGo()"
      (click)="onClick()"
      (keydown)="onHeadKey($event)"
    >
      {{ title() }}
      @if (sort() === 'ascending') {
        <stint-icon name="up" />
      } @else if (sort() === 'descending') {
        <stint-icon name="down" />
      }
    </button>
    @if (column().id !== 'session') {
      <span
        class="edge"
        role="separator"
        tabindex="0"
        aria-orientation="vertical"
        aria-label="Column width"
        [attr.aria-valuenow]="width()"
        [attr.aria-valuemin]="narrowest"
        [attr.aria-valuemax]="widest"
        (pointerdown)="onDown($event)"
        (pointermove)="onMove($event)"
        (pointerup)="from.set(undefined)"
        (dblclick)="settings.reset(column().id)"
        (keydown)="onKey($event)"
      ></span>
    }
  `,
  host: {
    '[attr.data-column]': 'column().id',
    '[class.dragged]': 'isDragged()',
    '[class.target]': 'settings.dropTarget() === column().id',
  },
  styles: `
    :host {
      position: relative;
      display: block;
      min-width: 0;
    }
    :host(.dragged) .sort {
      cursor: grabbing;
      opacity: 0.5;
    }
    :host(.target) {
      border-radius: 4px;
      outline: 2px solid var(--accent);
    }
    .sort {
      display: flex;
      justify-content: flex-start;
      gap: 2px;
      max-width: 100%;
      margin-inline: -6px;
      padding: 3px 6px;
      border: 0;
      overflow: hidden;
      background: none;
      color: inherit;
      font: inherit;
    }
    .sort:hover,
    .sort.sorted {
      color: var(--text);
    }
    stint-icon {
      scale: 0.8;
    }
    .edge {
      position: absolute;
      inset-block: 0;
      inset-inline-start: -8px;
      width: 9px;
      cursor: col-resize;
      touch-action: none;
    }
    .edge::after {
      content: '';
      position: absolute;
      inset: 4px 4px;
      background: var(--line);
      opacity: 0;
    }
    :host(:hover) .edge::after,
    .edge:focus-visible::after {
      opacity: 1;
    }
  `,
})
export class ColumnHead {
  protected readonly view = inject(ListView);
  protected readonly settings = inject(ColumnSettings);
  readonly column = input.required<Column>();
  /** To the place of this column, or by one place towards the start (-1) or the end of the row (1). */
  readonly moved = output<ColumnId | -1 | 1>();
  protected readonly narrowest = narrowestColumn;
  protected readonly widest = widestColumn;
  /** Where the pointer took the edge, in pixels. */
  protected readonly from = signal<{ readonly x: number; readonly width: number } | undefined>(
    undefined,
  );
  /** Where the pointer took the head, in pixels. */
  readonly #grabbedAt = signal<number | undefined>(undefined);
  protected readonly isDragged = signal(false);
  /** The first column keeps its place. */
  protected readonly isMovable = computed(() => this.column().id !== 'session');
  protected readonly width = computed(() => this.settings.widthOf(this.column()));
  protected readonly title = computed(() => {
    const { id, title } = this.column();
    return id === 'session' && this.view.grouping() === 'account' ? 'Role' : title;
  });
  readonly sort = computed(() => {
    const order = this.view.order();
    if (order?.column !== this.column().id) return 'none';
    return order.descending ? 'descending' : 'ascending';
  });

  protected onGrab(event: PointerEvent): void {
    if (!this.isMovable() || event.button !== 0) return;
    this.isDragged.set(false);
    this.#grabbedAt.set(event.clientX);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  }

  protected onDrag(event: PointerEvent): void {
    const from = this.#grabbedAt();
    if (from === undefined) return;
    if (Math.abs(event.clientX - from) >= dragDistance) this.isDragged.set(true);
    if (!this.isDragged()) return;
    const { top, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const under = document.elementFromPoint(event.clientX, top + height / 2);
    const name = under?.closest('stint-column-head')?.getAttribute('data-column');
    const [target] = readColumns([name]);
    this.settings.dropTarget.set(target === this.column().id ? undefined : target);
  }

  protected onDrop(): void {
    const target = this.settings.dropTarget();
    if (target !== undefined) this.moved.emit(target);
    this.letGo();
  }

  protected letGo(): void {
    this.#grabbedAt.set(undefined);
    this.settings.dropTarget.set(undefined);
    // After the click that ends a drag.
    setTimeout(() => {
      this.isDragged.set(false);
    });
  }

  /** The click that ends a drag does not sort. */
  protected onClick(): void {
    if (!this.isDragged()) this.view.sortBy(this.column().id);
  }

  protected onHeadKey(event: KeyboardEvent): void {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!event.shiftKey || direction === undefined || !this.isMovable()) return;
    event.preventDefault();
    event.stopPropagation();
    this.moved.emit(direction * (isRightToLeft() ? -1 : 1) < 0 ? -1 : 1);
  }

  protected onDown(event: PointerEvent): void {
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.from.set({ x: event.clientX, width: this.width() });
  }

  /** The edge is at the start of the column: the first column takes or gives what it moves. */
  protected onMove({ clientX }: PointerEvent): void {
    const from = this.from();
    if (from === undefined) return;
    const moved = isRightToLeft() ? clientX - from.x : from.x - clientX;
    this.#resize(from.width + moved);
  }

  protected onKey(event: KeyboardEvent): void {
    const direction = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#resize(this.width() + direction * keyStep * (isRightToLeft() ? -1 : 1));
  }

  #resize(width: number): void {
    this.settings.resize(this.column().id, limited(width));
  }
}

function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl';
}

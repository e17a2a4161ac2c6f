import { Component, computed, inject, input, signal } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { limited, narrowestColumn, widestColumn, type Column } from './columns.ts';
import { ColumnSettings } from './column-settings.ts';
import { ListView } from './list-view.ts';

/** How far an arrow key moves the edge of a column, in pixels. */
const keyStep = 12;

/** The head of a column: sorts by it, and resizes it by its edge. */
@Component({
  selector: 'stint-column-head',
  imports: [Icon],
  template: `
    <button
      type="button"
      class="sort"
      [class.sorted]="sort() !== 'none'"
      (click)="view.sortBy(column().id)"
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
  styles: `
    :host {
      position: relative;
      display: block;
      min-width: 0;
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
  protected readonly narrowest = narrowestColumn;
  protected readonly widest = widestColumn;
  /** Where the pointer took the edge, in pixels. */
  protected readonly from = signal<{ readonly x: number; readonly width: number } | undefined>(
    undefined,
  );
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

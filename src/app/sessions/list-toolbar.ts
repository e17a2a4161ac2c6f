import { Component, computed, inject, signal } from '@angular/core';
import { MenuButton } from '../menu/menu-button.ts';
import type { MenuItem } from '../menu/menu.ts';
import { ColumnSettings } from './column-settings.ts';
import { columns } from './columns.ts';
import { FilterChip } from './filter-chip.ts';
import { groupings, groupingTitles } from './grouping.ts';
import { ListView } from './list-view.ts';
import { SavedSegments } from './saved-segments.ts';
import { filterFields } from './session-filter.ts';
import { SessionQueries } from './session-queries.ts';

/** Filters, grouping and columns of the list, and how many sessions it shows. */
@Component({
  selector: 'stint-list-toolbar',
  imports: [FilterChip, MenuButton],
  template: `
    <div class="filters">
      @for (field of fields; track field) {
        <stint-filter-chip [field]="field" />
      }
      @if (naming()) {
        <form (submit)="save($event, name.value)">
          <input
            #name
            aria-label="Name of the segment"
            placeholder="Name of the segment"
            maxlength="60"
            (keydown.escape)="naming.set(false); $event.stopPropagation()"
          />
          <button class="link" type="submit">Save</button>
        </form>
      } @else if (isNarrowed()) {
        <button type="button" class="link" (click)="askName()">Save as segment</button>
      }
      <span class="count" role="status">{{ count() }}</span>
    </div>
    <stint-menu-button
      label="Group sessions"
      class="compact"
      [class.sooner]="isNarrowed()"
      icon="layers"
      [text]="groupingTitle()"
      [items]="groupingItems()"
    />
    <stint-menu-button
      label="Columns"
      icon="columns"
      variant="quiet square"
      [items]="columnItems()"
      [isSticky]="true"
    />
  `,
  styles: `
    :host {
      container: toolbar / inline-size;
      display: flex;
      align-items: start;
      gap: 4px;
      min-height: 44px;
      padding-block: 5px;
      padding-inline: 14px 8px;
      border-bottom: 1px solid var(--line);
      background: var(--panel);
    }
    /* They wrap among themselves: grouping and columns keep their place. */
    .filters {
      flex: 1;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
      min-width: 0;
      min-height: 34px;
    }
    form {
      display: flex;
      gap: 8px;
    }
    form input {
      width: 170px;
      padding: 2px 8px;
    }
    .link {
      margin-inline-start: 6px;
      font-size: 12.5px;
      white-space: nowrap;
    }
    .count {
      margin-inline-start: auto;
      color: var(--faint);
      font-size: 12px;
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `,
})
export class ListToolbar {
  readonly #view = inject(ListView);
  readonly #queries = inject(SessionQueries);
  readonly #columns = inject(ColumnSettings);
  readonly #segments = inject(SavedSegments);
  protected readonly fields = filterFields;
  protected readonly naming = signal(false);
  protected readonly isNarrowed = computed(
    () =>
      this.#view.words().trim() !== '' ||
      Object.values(this.#view.filters()).some((values) => values.length > 0),
  );
  protected readonly count = computed(() => {
    const shown = this.#view.shown().length;
    const all = this.#queries.counts().all;
    return shown === all ? '' : `${shown} of ${all}`;
  });
  protected readonly groupingTitle = computed(() => groupingTitles[this.#view.grouping()]);
  protected readonly groupingItems = computed((): readonly MenuItem[] => [
    ...groupings.map((grouping) => ({
      text: groupingTitles[grouping],
      isChecked: this.#view.grouping() === grouping,
      run: () => {
        this.#view.groupBy(grouping);
      },
    })),
    {
      text: 'Collapse all groups',
      isApart: true,
      run: () => {
        this.#view.setAllCollapsed(true);
      },
    },
    {
      text: 'Expand all groups',
      run: () => {
        this.#view.setAllCollapsed(false);
      },
    },
  ]);
  protected readonly columnItems = computed((): readonly MenuItem[] => [
    ...columns
      .filter(({ id }) => id !== 'session')
      .map((column) => ({
        text: column.title,
        isChecked: this.#columns.isShown(column),
        run: () => {
          this.#columns.show(column.id, !this.#columns.isShown(column));
        },
      })),
    {
      text: 'Usual columns',
      isApart: true,
      run: () => {
        this.#columns.resetAll();
      },
    },
  ]);

  protected askName(): void {
    this.naming.set(true);
    setTimeout(() =>
      document.querySelector<HTMLInputElement>('stint-list-toolbar form input')?.focus(),
    );
  }

  protected save(event: Event, name: string): void {
    event.preventDefault();
    if (name.trim() === '') return;
    this.#segments.save({ name: name.trim(), query: this.#view.query() });
    this.naming.set(false);
  }
}

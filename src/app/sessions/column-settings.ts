import { computed, inject, Injectable, signal } from '@angular/core';
import { kept } from '../preferences/kept.ts';
import {
  chosenColumns,
  movedOver,
  parseColumnChoices,
  widthOf,
  withColumn,
  type Column,
  type ColumnChoices,
  type ColumnId,
} from './columns.ts';
import type { Grouping } from './grouping.ts';
import { ListAddress } from './list-address.ts';
import { SessionQueries } from './session-queries.ts';

/**
 * Which columns there are, in which order, and how wide. The address decides about the first two, so that
 * Reload, Back and other browsers show the same; without it, what this browser kept.
 */
@Injectable({ providedIn: 'root' })
export class ColumnSettings {
  readonly #address = inject(ListAddress);
  readonly #queries = inject(SessionQueries);
  readonly #kept = kept<ColumnChoices>('columns', parseColumnChoices);
  readonly #inAddress = computed(() => this.#address.state().columns, {
    equal: (a, b) => a?.join('.') === b?.join('.'),
  });
  readonly choices = computed((): ColumnChoices => {
    const { chosen, widths } = this.#kept();
    return { chosen: this.#inAddress() ?? chosen, widths };
  });
  /** Where the head that is dragged would be dropped. */
  readonly dropTarget = signal<ColumnId | undefined>(undefined);

  /** Those that would say nothing: the first column shows the role, or no session has one. */
  unneeded(grouping: Grouping): readonly ColumnId[] {
    return grouping === 'account' || !this.#queries.hasRoles() ? ['role'] : [];
  }

  isShown({ id }: Column): boolean {
    return chosenColumns(this.choices()).includes(id);
  }

  widthOf(column: Column): number {
    return widthOf(column, this.choices());
  }

  show(id: ColumnId, isShown: boolean): void {
    const chosen = chosenColumns(this.choices());
    this.#choose(isShown ? withColumn(chosen, id) : chosen.filter((one) => one !== id));
  }

  /** To the place of another column, which makes room. */
  move(id: ColumnId, over: ColumnId): void {
    this.#choose(movedOver(chosenColumns(this.choices()), id, over));
  }

  /** The usual columns, at their usual widths. */
  resetAll(): void {
    this.#kept.set({ chosen: undefined, widths: {} });
    this.#address.change({ columns: undefined });
  }

  /** In pixels. */
  resize(id: ColumnId, width: number): void {
    this.#kept.update(({ chosen, widths }) => ({ chosen, widths: { ...widths, [id]: width } }));
  }

  /** To its usual width. */
  reset(id: ColumnId): void {
    this.#kept.update(({ chosen, widths: { [id]: _, ...widths } }) => ({ chosen, widths }));
  }

  #choose(chosen: readonly ColumnId[]): void {
    this.#kept.update(({ widths }) => ({ chosen, widths }));
    this.#address.change({ columns: chosen });
  }
}

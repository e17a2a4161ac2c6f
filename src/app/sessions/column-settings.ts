import { Injectable } from '@angular/core';
import { kept } from '../preferences/kept.ts';
import {
  isChosen,
  parseColumnChoices,
  widthOf,
  type Column,
  type ColumnChoices,
  type ColumnId,
} from './columns.ts';

/** The columns that the person chose, and their widths. */
@Injectable({ providedIn: 'root' })
export class ColumnSettings {
  readonly choices = kept<ColumnChoices>('columns', parseColumnChoices);

  isShown(column: Column): boolean {
    return isChosen(column, this.choices());
  }

  widthOf(column: Column): number {
    return widthOf(column, this.choices());
  }

  show(id: ColumnId, isShown: boolean): void {
    this.choices.update((all) => ({ ...all, [id]: { ...all[id], isShown } }));
  }

  /** In pixels. */
  resize(id: ColumnId, width: number): void {
    this.choices.update((all) => ({ ...all, [id]: { ...all[id], width } }));
  }

  /** To its usual width. */
  reset(id: ColumnId): void {
    this.choices.update((all) => {
      const { width, ...rest } = all[id] ?? {};
      return { ...all, [id]: rest };
    });
  }
}

import { Injectable } from '@angular/core';
import { kept } from '../preferences/kept.ts';

/** A list that the person named, to come back to. */
export interface SavedSegment {
  readonly name: string;
  /** As in the address; see list-state.ts. */
  readonly query: string;
}

@Injectable({ providedIn: 'root' })
export class SavedSegments {
  readonly all = kept('segments', parseSegments);

  /** Replaces the one of the same name. */
  save(segment: SavedSegment): void {
    this.all.update((all) => [...all.filter(({ name }) => name !== segment.name), segment]);
  }

  remove(name: string): void {
    this.all.update((all) => all.filter((segment) => segment.name !== name));
  }
}

function parseSegments(stored: unknown): readonly SavedSegment[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (one: unknown): one is SavedSegment =>
      typeof one === 'object' &&
      one !== null &&
      typeof (one as SavedSegment).name === 'string' &&
      typeof (one as SavedSegment).query === 'string',
  );
}

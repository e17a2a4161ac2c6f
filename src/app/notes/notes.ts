import { Injectable, signal } from '@angular/core';
import { Problem } from '../../models/problem.ts';

/** Something the person is told for a while. */
export interface Note {
  readonly id: number;
  readonly kind: 'done' | 'problem';
  readonly text: string;
  /** What to do about it. */
  readonly next?: string | undefined;
}

/** What is only confirmed goes by itself; a problem stays until it is put away. In milliseconds. */
const shownFor = 5_000;

@Injectable({ providedIn: 'root' })
export class Notes {
  readonly #notes = signal<readonly Note[]>([]);
  readonly notes = this.#notes.asReadonly();
  #lastId = 0;

  done(text: string): void {
    const id = this.#add({ kind: 'done', text });
    setTimeout(() => {
      this.dismiss(id);
    }, shownFor);
  }

  problem(error: unknown): void {
    const { text, next } = wordsOf(error);
    this.#add({ kind: 'problem', text, next });
  }

  warn(text: string, next: string | undefined): void {
    this.#add({ kind: 'problem', text, next });
  }

  dismiss(id: number): void {
    this.#notes.update((all) => all.filter((note) => note.id !== id));
  }

  #add(note: Omit<Note, 'id'>): number {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#notes.update((all) => [...all.filter(({ text }) => text !== note.text), { id, ...note }]);
    return id;
  }
}

/** What happened and what to do, for a person. */
export function wordsOf(error: unknown): { readonly text: string; readonly next?: string } {
  if (error instanceof Problem) {
    const { detail, next } = error.details;
    return { text: detail, ...(next === undefined ? {} : { next }) };
  }
  return { text: 'Stint could not be reached.', next: 'It is tried again as soon as it is there.' };
}

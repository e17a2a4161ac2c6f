import { Injectable, signal } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';

/** The dialog over the page. */
export type Overlay =
  | { readonly kind: 'add'; readonly like?: Session; readonly parent?: Session }
  | { readonly kind: 'edit'; readonly session: Session }
  | { readonly kind: 'remove'; readonly session: Session }
  | { readonly kind: 'keys' }
  | { readonly kind: 'palette' };

/** Opens the dialogs of the window, one at a time. */
@Injectable({ providedIn: 'root' })
export class Overlays {
  readonly #shown = signal<Overlay | undefined>(undefined);
  readonly shown = this.#shown.asReadonly();

  close(): void {
    this.#shown.set(undefined);
  }

  add(): void {
    this.#shown.set({ kind: 'add' });
  }

  /** The form for a role that is assumed with the credentials of `parent`. */
  addChained(parent: Session): void {
    this.#shown.set({ kind: 'add', parent });
  }

  /** The form for a session with the fields of `like`. */
  clone(like: Session): void {
    this.#shown.set({ kind: 'add', like });
  }

  edit(session: Session): void {
    this.#shown.set({ kind: 'edit', session });
  }

  remove(session: Session): void {
    this.#shown.set({ kind: 'remove', session });
  }

  showKeys(): void {
    this.#shown.set({ kind: 'keys' });
  }

  showPalette(): void {
    this.#shown.set({ kind: 'palette' });
  }
}

import { Injectable, signal } from '@angular/core';
import { problemText } from './problem-text.ts';

/** A short message over the page. */
export interface Toast {
  readonly id: number;
  readonly kind: 'success' | 'problem';
  readonly text: string;
  /** What to do about it. */
  readonly next?: string | undefined;
  /** A button in the message. */
  readonly action?: { readonly text: string; readonly run: () => void } | undefined;
  /** Called when it is dismissed. */
  readonly onDismiss?: (() => void) | undefined;
}

/** How long a success is shown, in milliseconds; a problem stays until it is dismissed. */
const shownFor = 5_000;

@Injectable({ providedIn: 'root' })
export class Toasts {
  readonly #all = signal<readonly Toast[]>([]);
  readonly all = this.#all.asReadonly();
  #lastId = 0;

  success(text: string): void {
    const id = this.#add({ kind: 'success', text });
    setTimeout(() => {
      this.dismiss(id);
    }, shownFor);
  }

  /** Shows what was thrown. */
  error(error: unknown): void {
    const { text, next } = problemText(error);
    this.warn(text, next);
  }

  warn(text: string, next: string | undefined): void {
    this.#add({ kind: 'problem', text, next });
  }

  /**
   * Announces what happens in `milliseconds`, with a button that prevents it. Resolves with whether it should
   * happen; at once when the message is dismissed. `signal`: it happens otherwise, so the message is removed.
   */
  async undoable(
    text: string,
    next: string,
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<boolean> {
    return await new Promise((resolve) => {
      const undo = () => {
        resolve(false);
        this.dismiss(id);
      };
      const id = this.#add({
        kind: 'problem',
        text,
        next,
        action: { text: 'Undo', run: undo },
        onDismiss: () => {
          resolve(true);
        },
      });
      signal?.addEventListener('abort', undo);
      setTimeout(() => {
        this.dismiss(id);
      }, milliseconds);
    });
  }

  dismiss(id: number): void {
    this.#all()
      .find((toast) => toast.id === id)
      ?.onDismiss?.();
    this.#all.update((all) => all.filter((toast) => toast.id !== id));
  }

  #add(toast: Omit<Toast, 'id'>): number {
    this.#lastId += 1;
    const id = this.#lastId;
    // The same words once; but two that wait for an Undo are two things that are about to happen.
    const isSaidAgain = ({ text, action }: Toast) => text === toast.text && action === undefined;
    this.#all.update((all) => [...all.filter((one) => !isSaidAgain(one)), { id, ...toast }]);
    return id;
  }
}

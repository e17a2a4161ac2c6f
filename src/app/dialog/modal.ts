import { afterNextRender, DestroyRef, Directive, ElementRef, inject, output } from '@angular/core';

/**
 * Opens a `dialog` over the page after it is drawn. The browser keeps the focus inside, closes it
 * on Escape and restores the focus. It emits `closed` once, in the moment it closes: the
 * browser's own event comes later, when the parent may already show the next dialog.
 */
@Directive({
  selector: 'dialog[stintModal]',
  host: { '(cancel)': 'cancel($event)', '(close)': 'close()' },
})
export class Modal {
  readonly closed = output();
  readonly #box = inject<ElementRef<HTMLDialogElement>>(ElementRef).nativeElement;
  #isOver = false;

  constructor() {
    afterNextRender(() => {
      this.#box.showModal();
      // The first field, if it is not the first element that takes the focus.
      this.#box.querySelector<HTMLElement>('[data-first]')?.focus();
    });
    inject(DestroyRef).onDestroy(() => {
      this.#isOver = true;
    });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#box.close();
    this.closed.emit();
  }

  /** On Escape. A file field emits `cancel` too. */
  protected cancel(event: Event): void {
    if (event.target !== this.#box) return;
    event.preventDefault();
    this.close();
  }
}

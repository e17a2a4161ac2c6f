import { Component, inject, input, signal } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { Toasts } from '../toasts/toasts.ts';

/** How long the button says that the text was copied, in milliseconds. */
const confirmedFor = 1_500;

/** Copies a text to the clipboard. */
@Component({
  selector: 'stint-copy-button',
  imports: [Icon],
  template: `
    <button type="button" class="quiet" title="Copy" [attr.aria-label]="label()" (click)="copy()">
      <stint-icon [name]="copied() ? 'check' : 'copy'" />
    </button>
    <span class="unseen" role="status">{{ copied() ? 'Copied' : '' }}</span>
  `,
  styles: `
    button {
      padding: 4px;
      line-height: 0;
    }
  `,
})
export class CopyButton {
  readonly #toasts = inject(Toasts);
  readonly text = input.required<string>();
  /** The name of the button, such as `Copy command`. */
  readonly label = input.required<string>();
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
    } catch {
      this.#toasts.warn(
        'Cannot copy: the browser does not allow it.',
        'Select the text and copy it with the keyboard.',
      );
      return;
    }
    this.copied.set(true);
    setTimeout(() => {
      this.copied.set(false);
    }, confirmedFor);
  }
}

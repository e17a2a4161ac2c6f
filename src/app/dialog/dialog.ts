import { Component, input, output, viewChild } from '@angular/core';
import { Modal } from './modal.ts';

let opened = 0;

/** A modal dialog with a title. It emits `closed`; its parent then removes it. */
@Component({
  selector: 'stint-dialog',
  imports: [Modal],
  template: `
    <dialog stintModal [attr.aria-labelledby]="titleId" (closed)="closed.emit()">
      <h2 [id]="titleId">{{ title() }}</h2>
      <ng-content />
    </dialog>
  `,
  styles: `
    dialog {
      width: min(520px, calc(100vw - 32px));
      max-height: calc(100dvh - 32px);
      padding: 20px;
      overflow: auto;
      scroll-padding: 20px 0 72px;
      border: 1px solid var(--line);
      border-radius: 12px;
      background: var(--raised);
      color: var(--text);
      box-shadow: var(--shadow);
    }
    dialog::backdrop {
      background: rgb(10 14 20 / 45%);
    }
    h2 {
      margin: 0 0 12px;
      font-size: 16px;
      letter-spacing: -0.01em;
    }
  `,
})
export class Dialog {
  readonly title = input.required<string>();
  readonly closed = output();
  /** Unique: one dialog can be over another. */
  protected readonly titleId = `dialog-title-${(opened += 1)}`;
  protected readonly modal = viewChild.required(Modal);

  close(): void {
    this.modal().close();
  }
}

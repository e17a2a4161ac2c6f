import { Component, input, output, viewChild } from '@angular/core';
import { Dialog } from './dialog.ts';

/** Asks the person to confirm an action. */
@Component({
  selector: 'stint-confirmation',
  imports: [Dialog],
  template: `
    <stint-dialog [title]="title()" (closed)="closed.emit()">
      <p><ng-content /></p>
      <footer>
        <button type="button" (click)="dialog().close()">Cancel</button>
        <button
          type="button"
          [class]="dangerous() ? 'danger' : 'primary'"
          (click)="confirmed.emit(); dialog().close()"
        >
          {{ action() }}
        </button>
      </footer>
    </stint-dialog>
  `,
  styles: `
    p {
      margin: 0 0 16px;
      color: var(--soft);
      overflow-wrap: anywhere;
    }
    footer {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 8px;
    }
  `,
})
export class Confirmation {
  readonly title = input.required<string>();
  readonly action = input.required<string>();
  readonly dangerous = input(false);
  readonly confirmed = output();
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
}

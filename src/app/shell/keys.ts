import { Component, output, viewChild } from '@angular/core';
import { Dialog } from '../dialog/dialog.ts';

/** The keyboard shortcuts. */
@Component({
  selector: 'stint-keys',
  imports: [Dialog],
  template: `
    <stint-dialog title="Keyboard shortcuts" (closed)="closed.emit()">
      <dl>
        @for (key of keys; track key[0]) {
          <div>
            <dt>
              <kbd>{{ key[0] }}</kbd>
            </dt>
            <dd>{{ key[1] }}</dd>
          </div>
        }
      </dl>
      <footer>
        <button type="button" data-first (click)="dialog().close()">Close</button>
      </footer>
    </stint-dialog>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
      gap: 8px 20px;
      margin: 0;
    }
    div {
      display: flex;
      gap: 10px;
    }
    dt {
      min-width: 64px;
    }
    dd {
      margin: 0;
      color: var(--soft);
    }
    footer {
      display: flex;
      justify-content: flex-end;
      margin-top: 16px;
    }
  `,
})
export class Keys {
  readonly closed = output();
  protected readonly dialog = viewChild.required(Dialog);
  protected readonly keys = [
    ['Ctrl K', 'Find a session or an action'],
    ['/', 'Search the list'],
    ['↑ ↓', 'Select a session'],
    ['← →', 'Collapse or expand its group'],
    ['Enter', 'Start or stop it'],
    ['Space', 'Check it'],
    ['Shift ↑ ↓', 'Check several'],
    ['Ctrl A', 'Check all'],
    ['Shift F10', 'Open its menu'],
    ['Shift ← →', 'Move the column'],
    ['s', 'Start or stop it'],
    ['r', 'Rotate its credentials'],
    ['c', 'Open its web console'],
    ['y', 'Copy its profile'],
    ['e', 'Edit it'],
    ['p', 'Pin or unpin it'],
    ['Delete', 'Remove it'],
    ['n', 'Add a session'],
    ['a', 'Answer a question'],
    ['i', 'Show or leave integrations'],
    ['Esc', 'Close or go back'],
    ['?', 'Show these shortcuts'],
  ] as const;
}

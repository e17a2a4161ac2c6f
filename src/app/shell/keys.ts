import { Component, output } from '@angular/core';
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
  `,
})
export class Keys {
  readonly closed = output();
  protected readonly keys = [
    ['↑ ↓', 'Select a session'],
    ['Enter', 'Start or stop it'],
    ['s', 'Start or stop it'],
    ['r', 'Rotate its credentials'],
    ['e', 'Edit it'],
    ['p', 'Pin or unpin it'],
    ['Delete', 'Remove it'],
    ['n', 'Add a session'],
    ['/', 'Search'],
    ['i', 'Show or leave integrations'],
    ['Esc', 'Close or go back'],
    ['?', 'Show these shortcuts'],
  ] as const;
}

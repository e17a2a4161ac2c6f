import { Component, output } from '@angular/core';
import { Dialog } from '../dialog/dialog.ts';

/** The keys one can press. */
@Component({
  selector: 'stint-keys',
  imports: [Dialog],
  template: `
    <stint-dialog title="Keys" (closed)="closed.emit()">
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
    ['↑ ↓', 'choose a session'],
    ['Enter', 'start or stop it'],
    ['s', 'start or stop it'],
    ['r', 'rotate it'],
    ['e', 'edit it'],
    ['p', 'pin it'],
    ['Delete', 'remove it'],
    ['n', 'add a session'],
    ['/', 'search'],
    ['i', 'integrations, and back'],
    ['Esc', 'close, or back'],
    ['?', 'these keys'],
  ] as const;
}

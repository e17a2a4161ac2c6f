import { Component, inject } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { Toasts } from './toasts.ts';

@Component({
  selector: 'stint-toast-list',
  imports: [Icon],
  template: `
    <div class="toasts" role="status" aria-live="polite">
      @for (toast of toasts.all(); track toast.id) {
        <div class="toast" [class.problem]="toast.kind === 'problem'">
          <stint-icon [name]="toast.kind === 'problem' ? 'warning' : 'check'" />
          <p>
            {{ toast.text }}
            @if (toast.next) {
              <span class="next">{{ toast.next }}</span>
            }
          </p>
          @if (toast.action; as action) {
            <button class="action" (click)="action.run()">{{ action.text }}</button>
          }
          <button class="quiet" aria-label="Dismiss" (click)="toasts.dismiss(toast.id)">
            <stint-icon name="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .toasts {
      position: fixed;
      inset-inline: 0;
      bottom: 44px;
      z-index: 30;
      margin-inline: auto;
      display: flex;
      flex-direction: column;
      gap: 8px;
      width: min(560px, calc(100vw - 32px));
      pointer-events: none;
    }
    .toast {
      pointer-events: auto;
      display: flex;
      align-items: flex-start;
      gap: 10px;
      padding-block: 10px;
      padding-inline: 14px 8px;
      border: 1px solid var(--line);
      border-radius: var(--r2);
      background: var(--raised);
      box-shadow: var(--shadow);
      overflow-wrap: anywhere;
    }
    .toast > stint-icon {
      margin-top: 2px;
      color: var(--ok);
    }
    .problem > stint-icon {
      color: var(--bad);
    }
    p {
      flex: 1;
      margin: 0;
    }
    .next {
      display: block;
      color: var(--soft);
    }
    button {
      padding: 2px;
    }
    .action {
      padding: 1px 10px;
      color: var(--accent);
    }
  `,
})
export class ToastList {
  protected readonly toasts = inject(Toasts);
}

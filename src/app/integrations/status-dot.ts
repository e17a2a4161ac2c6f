import { Component, input } from '@angular/core';
import type { Integration } from '../connection/owner-client.ts';

/** The sign-in status as a dot, beside a text that names it. */
@Component({
  selector: 'stint-status-dot',
  template: '',
  host: { '[attr.data-status]': 'status()' },
  styles: `
    :host {
      flex: none;
      width: 8px;
      height: 8px;
      border: 1.5px solid var(--faint);
      border-radius: 50%;
    }
    :host([data-status='logged-in']) {
      border-color: var(--ok);
      background: var(--ok);
    }
    :host([data-status='logging-in']) {
      border-color: var(--warn);
      background: var(--warn);
    }
  `,
})
export class StatusDot {
  readonly status = input.required<Integration['status']>();
}

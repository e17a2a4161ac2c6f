import { Component, input } from '@angular/core';

/** The provider of a session, beside a text that names it. */
@Component({
  selector: 'stint-cloud-badge',
  template: `{{ azure() ? 'Z' : 'A' }}`,
  host: { 'aria-hidden': 'true', '[class.azure]': 'azure()' },
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      width: 20px;
      height: 20px;
      border-radius: 5px;
      background: var(--aws-bg);
      color: var(--aws);
      font-size: 10px;
      font-weight: 700;
    }
    :host(.azure) {
      background: var(--azure-bg);
      color: var(--azure);
    }
  `,
})
export class CloudBadge {
  readonly azure = input.required<boolean>();
}

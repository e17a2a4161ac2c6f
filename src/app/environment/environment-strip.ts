import { Component, input } from '@angular/core';
import type { environmentKind } from './environment-kind.ts';

/** The edge of a row that shows its environment; production is hatched. A word beside it says it too. */
@Component({
  selector: 'stint-environment-strip',
  template: '',
  host: { 'aria-hidden': 'true', '[attr.data-kind]': 'kind() ?? null' },
  styles: `
    :host {
      align-self: stretch;
      margin-bottom: -1px;
    }
    :host([data-kind='production']) {
      background: var(--prod-stripes);
    }
    :host([data-kind='staging']) {
      border-inline-start: 3px solid var(--stage);
    }
    :host([data-kind='development']) {
      border-inline-start: 2px solid var(--dev);
    }
    @media (forced-colors: active) {
      :host([data-kind='production']) {
        forced-color-adjust: none;
      }
    }
  `,
})
export class EnvironmentStrip {
  readonly kind = input.required<ReturnType<typeof environmentKind> | null | undefined>();
}

import { Component, computed, input } from '@angular/core';
import { Icon } from '../icons/icon.ts';
import { environmentKind } from './environment-kind.ts';

/** The environment as a word; production has a sign too, so that colour alone never tells it. */
@Component({
  selector: 'stint-environment-tag',
  imports: [Icon],
  template: `
    @if (kind() === 'production') {
      <stint-icon name="production" />
    }
    <span>{{ environment() }}</span>
  `,
  host: { '[attr.data-kind]': 'kind()' },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      flex: none;
      max-width: 100%;
      height: 18px;
      padding: 0 6px;
      border: 1px solid var(--line);
      border-radius: 4px;
      background: var(--panel);
      overflow: hidden;
      color: var(--soft);
      font-size: 11px;
      font-weight: 600;
      line-height: 1;
      white-space: nowrap;
    }
    span {
      min-width: 0;
      overflow: hidden;
      line-height: 18px;
      text-overflow: ellipsis;
    }
    span::first-letter {
      text-transform: uppercase;
    }
    :host([data-kind='production']) {
      border-color: var(--prod);
      background: var(--prod);
      color: var(--on-prod);
      font-size: 10px;
      font-weight: 700;
      letter-spacing: 0.05em;
      text-transform: uppercase;
    }
    :host([data-kind='staging']) {
      border-color: var(--stage);
      color: var(--warn);
    }
    :host([data-kind='development']) {
      color: var(--ok);
    }
    stint-icon {
      flex: none;
      zoom: 0.7;
    }
    @media (forced-colors: active) {
      :host([data-kind='production']) {
        forced-color-adjust: none;
        border-color: CanvasText;
        background: CanvasText;
        color: Canvas;
      }
    }
  `,
})
export class EnvironmentTag {
  readonly environment = input.required<string>();
  protected readonly kind = computed(() => environmentKind(this.environment()));
}

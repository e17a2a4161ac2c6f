import { Component, computed, inject, input } from '@angular/core';
import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';
import { Icon } from '../icons/icon.ts';
import { Now } from '../time/now.ts';
import { Operations } from './operations.ts';
import type { Failure } from './session-state.ts';

/** Why a session failed, below its row, with what fixes it. */
@Component({
  selector: 'stint-failure-row',
  imports: [Icon],
  template: `
    <span role="gridcell" [title]="text()">{{ text() }}</span>
    <span role="gridcell" class="actions">
      <button
        type="button"
        tabindex="-1"
        [attr.aria-label]="'Retry ' + session().sessionName"
        [disabled]="operations.isBusy(session().sessionId)"
        (click)="operations.retry(session()); $event.stopPropagation()"
      >
        <stint-icon name="refresh" />Retry
      </button>
    </span>
  `,
  styles: `
    :host {
      position: absolute;
      inset-inline: 0;
      display: flex;
      align-items: center;
      gap: 12px;
      height: var(--row-height);
      padding-inline: 80px 14px;
      border-bottom: 1px solid var(--line-soft);
      background: var(--bad-bg);
      color: var(--bad);
      font-size: 12px;
      white-space: nowrap;
    }
    span:first-child {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    button {
      padding: 0 8px;
      border-color: var(--bad-line);
      color: var(--bad);
      font-size: 12px;
      line-height: 22px;
    }
    stint-icon {
      zoom: 0.8;
    }
  `,
})
export class FailureRow {
  protected readonly operations = inject(Operations);
  readonly #now = inject(Now);
  readonly session = input.required<Session>();
  readonly failure = input.required<Failure>();
  protected readonly text = computed(() => {
    const { message, next = '', nextTryAt } = this.failure();
    if (nextTryAt === undefined) return `${message} ${next}`.trim();
    const wait = Math.max(0, this.#now.until(Date.parse(nextTryAt)));
    return `${message} Next attempt in ${roughDuration(wait)}.`;
  });
}

import { Component, computed, inject, input, output } from '@angular/core';
import { isActive } from '../../models/active.ts';
import { environmentKind } from '../environment/environment-kind.ts';
import { EnvironmentStrip } from '../environment/environment-strip.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { CloudBadge } from '../icons/cloud-badge.ts';
import { Icon } from '../icons/icon.ts';
import { CheckMarks } from './check-marks.ts';
import { isStatusKey } from './grouping.ts';
import type { ListedGroup } from './rows-in-view.ts';
import { Waiting } from './waiting.ts';

/** The head of a group: what it has in common, and how its sessions are. */
@Component({
  selector: 'stint-group-head',
  imports: [CloudBadge, EnvironmentStrip, EnvironmentTag, Icon],
  template: `
    <stint-environment-strip [kind]="kind()" />
    <span role="gridcell" class="check">
      <input
        type="checkbox"
        tabindex="-1"
        [attr.aria-label]="'Select all of ' + group().title"
        [checked]="marked() === 'all'"
        [indeterminate]="marked() === 'some'"
        (click)="onCheck($event)"
      />
    </span>
    <span role="gridcell" class="who">
      <button
        type="button"
        class="quiet"
        tabindex="-1"
        [attr.aria-expanded]="!group().isCollapsed"
        (click)="toggled.emit(); $event.stopPropagation()"
      >
        <stint-icon [name]="group().isCollapsed ? 'right' : 'down'" />
        <b>{{ group().title }}</b>
      </button>
      @if (group().isAzure) {
        <stint-cloud-badge [azure]="true" />
      }
      @if (group().id; as id) {
        <span class="id" [title]="id">{{ id }}</span>
      }
      @if (environment(); as text) {
        <stint-environment-tag [environment]="text" />
      }
      <span class="sum">
        @if (failed() > 0) {
          <strong>{{ failed() }} failed</strong>
        }
        {{ summary() }}
      </span>
    </span>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 5px 24px minmax(0, 1fr);
      column-gap: var(--column-gap);
      align-items: center;
      height: var(--title-height);
      padding-inline-end: 14px;
      border-bottom: 1px solid var(--line-soft);
      background: var(--group);
      white-space: nowrap;
    }
    :host([data-kind='production']) {
      background: var(--prod-bg);
    }
    :host(:focus-visible) {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
    .check {
      display: grid;
      justify-items: end;
    }
    .who {
      display: flex;
      align-items: center;
      gap: 9px;
      min-width: 0;
    }
    button {
      flex: 0 1 auto;
      min-width: 0;
      padding: 2px 4px;
      color: var(--faint);
    }
    b {
      overflow: hidden;
      color: var(--text);
      font-weight: 600;
      text-overflow: ellipsis;
    }
    .id {
      color: var(--soft);
      font: 12px var(--mono);
      /* Cut before the name is. */
      flex: 0 1000 auto;
      min-width: 3em;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .sum {
      margin-inline-start: auto;
      color: var(--faint);
      font-size: 12px;
    }
    strong {
      margin-inline-end: 8px;
      color: var(--bad);
      font-weight: 600;
    }
  `,
  host: { '[attr.data-kind]': 'kind()' },
})
export class GroupHead {
  readonly #marks = inject(CheckMarks);
  readonly #waiting = inject(Waiting);
  readonly group = input.required<ListedGroup>();
  /** That of all its sessions. */
  readonly environment = input<string>();
  readonly toggled = output();
  protected readonly marked = computed(() => this.#marks.stateOf(this.group().sessions));
  protected readonly kind = computed(() => {
    const environment = this.environment();
    return environment === undefined ? null : environmentKind(environment);
  });
  protected readonly failed = computed(
    () =>
      this.group().sessions.filter((session) => this.#waiting.stateOf(session) === 'failed').length,
  );
  protected readonly summary = computed(() => {
    const { key, sessions } = this.group();
    if (isStatusKey(key)) return `${sessions.length}`;
    const active = sessions.filter(isActive).length;
    if (active > 0) return `${active} of ${sessions.length} active`;
    return sessions.length === 1 ? '1 session' : `${sessions.length} sessions`;
  });

  protected onCheck(event: MouseEvent): void {
    event.stopPropagation();
    event.preventDefault();
    this.#marks.toggleAll(this.group().sessions);
  }
}

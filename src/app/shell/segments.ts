import { Component, inject } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import { Icon, type IconName } from '../icons/icon.ts';
import { ListView, type Segment } from '../sessions/list-view.ts';
import { StatusDot } from '../integrations/status-dot.ts';
import { Page } from '../navigation/page.ts';

interface Entry {
  readonly segment: Segment;
  readonly title: string;
  readonly icon: IconName;
}

/** The side bar: which sessions are listed, and how many there are of each kind. */
@Component({
  selector: 'stint-segments',
  imports: [Icon, StatusDot],
  template: `
    @for (entry of entries; track entry.segment) {
      <button
        class="quiet"
        [attr.aria-pressed]="isShown(entry.segment)"
        (click)="show(entry.segment)"
      >
        <stint-icon [name]="entry.icon" />
        <span>{{ entry.title }}</span>
        <b>{{ view.counts()[entry.segment] }}</b>
      </button>
    }
    <button
      class="quiet apart"
      [attr.aria-pressed]="page.shown() === 'integrations'"
      (click)="page.shown.set('integrations')"
    >
      <stint-icon name="plug" />
      <span>Integrations</span>
    </button>
    @for (integration of workspace.integrations(); track integration.integrationId) {
      <button
        class="quiet source"
        [attr.aria-pressed]="isShown('all', integration.integrationId)"
        [title]="integration.name"
        (click)="show('all', integration.integrationId)"
      >
        <stint-status-dot [status]="integration.status" />
        <span><span class="unseen">Sessions of </span>{{ integration.name }}</span>
        <b>{{ view.bySource().get(integration.integrationId) ?? 0 }}</b>
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      gap: 2px;
    }
    button {
      justify-content: flex-start;
      gap: 10px;
      padding: 6px 10px;
      font-weight: 400;
    }
    b {
      margin-left: auto;
      padding-left: 2px;
      color: var(--faint);
      font-weight: 500;
      font-variant-numeric: tabular-nums;
    }
    [aria-pressed='true'],
    [aria-pressed='true'] b {
      color: var(--accent);
    }
    [aria-pressed='true'] {
      background: var(--accent-bg);
      font-weight: 600;
    }
    .apart {
      margin-top: 12px;
    }
    .source {
      padding-left: 14px;
      gap: 14px;
    }
    button > span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    @media (max-width: 860px) {
      :host {
        flex-direction: row;
      }
      .apart {
        margin-top: 0;
      }
      .source {
        display: none;
      }
      button {
        gap: 6px;
        padding: 4px 8px;
      }
      stint-icon {
        display: none;
      }
    }
  `,
})
export class Segments {
  protected readonly view = inject(ListView);
  protected readonly page = inject(Page);
  protected readonly workspace = inject(Workspace);
  protected readonly entries: readonly Entry[] = [
    { segment: 'all', title: 'All sessions', icon: 'list' },
    { segment: 'active', title: 'Active', icon: 'clock' },
    { segment: 'pinned', title: 'Pinned', icon: 'pin' },
  ];

  protected isShown(segment: Segment, integrationId?: string): boolean {
    return (
      this.page.shown() === 'sessions' &&
      this.view.segment() === segment &&
      this.view.integrationId() === integrationId
    );
  }

  protected show(segment: Segment, integrationId?: string): void {
    this.page.shown.set('sessions');
    this.view.show(segment, integrationId);
  }
}

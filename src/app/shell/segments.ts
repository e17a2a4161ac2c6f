import { Component, inject } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import { Icon, type IconName } from '../icons/icon.ts';
import { ListView, type Segment } from '../sessions/list-view.ts';
import { Page } from './page.ts';

interface Entry {
  readonly segment: Segment;
  readonly title: string;
  readonly icon: IconName;
}

/** Which sessions are listed, and how many there are of each kind. */
@Component({
  selector: 'stint-segments',
  imports: [Icon],
  template: `
    @for (entry of entries; track entry.segment) {
      <button
        class="quiet"
        [attr.aria-pressed]="page.shown() === 'sessions' && view.segment() === entry.segment"
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
      <b>{{ workspace.integrations().length + workspace.identityProviders().length }}</b>
    </button>
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
    @media (max-width: 860px) {
      :host {
        flex-direction: row;
      }
      .apart {
        margin-top: 0;
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

  protected show(segment: Segment): void {
    this.page.shown.set('sessions');
    this.view.segment.set(segment);
  }
}

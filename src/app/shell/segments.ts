import { Component, computed, inject } from '@angular/core';
import type { Integration } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Icon, type IconName } from '../icons/icon.ts';
import { ListView } from '../sessions/list-view.ts';
import { SavedSegments } from '../sessions/saved-segments.ts';
import type { Segment } from '../sessions/list-state.ts';
import { SessionQueries } from '../sessions/session-queries.ts';
import { StatusDot } from '../integrations/status-dot.ts';
import { Page } from '../navigation/page.ts';
import { fullMoment } from '../time/time-text.ts';

interface Entry {
  readonly segment: Segment;
  readonly title: string;
  readonly icon: IconName;
}

/** Shown only if they have sessions. */
const seldom: ReadonlySet<Segment> = new Set(['new', 'archived']);

/** The side bar: which sessions are listed, and how many there are of each kind. */
@Component({
  selector: 'stint-segments',
  imports: [Icon, StatusDot],
  template: `
    @for (entry of shown(); track entry.segment) {
      <button
        class="quiet"
        [attr.aria-pressed]="isShown(entry.segment)"
        (click)="show(entry.segment)"
      >
        <stint-icon [name]="entry.icon" />
        <span>{{ entry.title }}</span>
        <b>{{ queries.counts()[entry.segment] }}</b>
      </button>
    }
    @if (saved.all().length > 0) {
      <h2 id="segments-title">Segments</h2>
    }
    @for (segment of saved.all(); track segment.name) {
      <span class="saved">
        <button
          class="quiet"
          [attr.aria-pressed]="isOpen(segment.query)"
          [title]="segment.name"
          (click)="view.showQuery(segment.query)"
        >
          <stint-icon name="filter" />
          <span>{{ segment.name }}</span>
          <b>{{ queries.countOf(segment.query) }}</b>
        </button>
        <button
          class="quiet remove"
          [attr.aria-label]="'Remove the segment ' + segment.name"
          (click)="saved.remove(segment.name)"
        >
          <stint-icon name="close" />
        </button>
      </span>
    }
    <button
      class="quiet apart"
      [attr.aria-pressed]="page.shown() === 'integrations'"
      (click)="page.open('integrations')"
    >
      <stint-icon name="plug" />
      <span>Integrations</span>
    </button>
    @for (integration of workspace.integrations(); track integration.integrationId) {
      <button
        class="quiet source"
        [attr.aria-pressed]="isShown('all', integration.integrationId)"
        [title]="sourceTitle(integration)"
        (click)="show('all', integration.integrationId)"
      >
        <stint-status-dot [status]="integration.status" />
        <span><span class="unseen">Sessions of </span>{{ integration.name }}</span>
        @if (integration.sync; as sync) {
          <b>{{ progress(sync) }}</b>
        } @else if (integration.status === 'logged-out') {
          <b class="out">Sign in</b>
        } @else {
          <b>{{ queries.bySource().get(integration.integrationId) ?? 0 }}</b>
        }
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
      margin-inline-start: auto;
      padding-inline-start: 2px;
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
    h2 {
      margin: 14px 10px 2px;
      color: var(--faint);
      font-size: 11px;
      font-weight: 600;
      letter-spacing: 0.02em;
    }
    .saved {
      position: relative;
      display: flex;
    }
    .saved > .quiet:first-child {
      flex: 1;
      min-width: 0;
    }
    .remove {
      position: absolute;
      inset-inline-end: 4px;
      inset-block: 4px;
      padding: 2px;
      background: var(--bg);
      opacity: 0;
    }
    .saved:hover .remove,
    .remove:focus-visible {
      opacity: 1;
    }
    .out {
      color: var(--warn);
    }
    .source {
      padding-inline-start: 14px;
      gap: 14px;
    }
    button > span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    @media (max-width: 860px) {
      :host {
        flex-flow: row wrap;
      }
      .apart {
        margin-top: 0;
      }
      .source,
      .saved,
      h2 {
        display: none;
      }
      button {
        gap: 4px;
        padding: 4px 6px;
      }
      stint-icon {
        display: none;
      }
    }
  `,
})
export class Segments {
  protected readonly view = inject(ListView);
  protected readonly queries = inject(SessionQueries);
  protected readonly saved = inject(SavedSegments);
  protected readonly page = inject(Page);
  protected readonly workspace = inject(Workspace);
  protected readonly entries: readonly Entry[] = [
    { segment: 'all', title: 'All sessions', icon: 'list' },
    { segment: 'active', title: 'Active', icon: 'clock' },
    { segment: 'pinned', title: 'Pinned', icon: 'pin' },
    { segment: 'waiting', title: 'Waiting for you', icon: 'bell' },
    { segment: 'new', title: 'New', icon: 'plus' },
    { segment: 'archived', title: 'Archived', icon: 'undo' },
  ];
  /** There is seldom a new session, and few people archive any. */
  protected readonly shown = computed(() =>
    this.entries.filter(
      ({ segment }) =>
        !seldom.has(segment) ||
        this.queries.counts()[segment] > 0 ||
        this.view.segment() === segment,
    ),
  );

  protected isOpen(query: string): boolean {
    return this.page.shown() === 'sessions' && this.view.query() === query;
  }

  protected isShown(segment: Segment, integrationId?: string): boolean {
    return (
      !this.saved.all().some(({ query }) => this.isOpen(query)) &&
      this.page.shown() === 'sessions' &&
      this.view.segment() === segment &&
      this.view.integrationId() === integrationId
    );
  }

  protected progress({ total, done }: NonNullable<Integration['sync']>): string {
    return total === undefined || total === 0 ? '…' : `${Math.round((100 * done) / total)} %`;
  }

  protected sourceTitle({ name, loggedInUntil }: Integration): string {
    return loggedInUntil === undefined
      ? name
      : `${name}, signed in until ${fullMoment(loggedInUntil)}`;
  }

  protected show(segment: Segment, integrationId?: string): void {
    this.view.show(segment, integrationId);
  }
}

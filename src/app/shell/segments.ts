import { Component, inject } from '@angular/core';
import { Icon, type IconName } from '../icons/icon.ts';
import { ListView, type Segment } from '../sessions/list-view.ts';

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
        [attr.aria-pressed]="view.segment() === entry.segment"
        (click)="view.segment.set(entry.segment)"
      >
        <stint-icon [name]="entry.icon" />
        <span>{{ entry.title }}</span>
        <b>{{ view.counts()[entry.segment] }}</b>
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
    @media (max-width: 860px) {
      :host {
        flex-direction: row;
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
  protected readonly entries: readonly Entry[] = [
    { segment: 'all', title: 'All sessions', icon: 'list' },
    { segment: 'active', title: 'Active', icon: 'clock' },
    { segment: 'pinned', title: 'Pinned', icon: 'pin' },
  ];
}

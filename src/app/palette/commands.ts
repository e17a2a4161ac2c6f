import { inject, Injectable } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import type { IconName } from '../icons/icon.ts';
import { Page } from '../navigation/page.ts';
import { pages } from '../navigation/pages.ts';
import { BulkOperations } from '../sessions/bulk-operations.ts';
import { groupings, groupingTitles } from '../sessions/grouping.ts';
import { ListView } from '../sessions/list-view.ts';
import { SessionQueries } from '../sessions/session-queries.ts';
import { SavedSegments } from '../sessions/saved-segments.ts';
import { Overlays } from '../shell/overlays.ts';
import { Theme } from '../theme/theme.ts';
import { spaced } from '../sessions/session-text.ts';
import type { Ranked } from './ranking.ts';

export interface Command extends Ranked {
  readonly icon: IconName;
  readonly hint: string;
  readonly run: () => void;
}

/** What the palette does beside actions on a session. */
@Injectable({ providedIn: 'root' })
export class Commands {
  readonly #workspace = inject(Workspace);
  readonly #view = inject(ListView);
  readonly #queries = inject(SessionQueries);
  readonly #page = inject(Page);
  readonly #overlays = inject(Overlays);
  readonly #bulk = inject(BulkOperations);
  readonly #segments = inject(SavedSegments);
  readonly #theme = inject(Theme);

  everywhere(): readonly Command[] {
    const active = this.#workspace.active();
    const commands = [
      command('Add session', 'plus', 'N', () => setTimeout(() => this.#overlays.add())),
      command('All sessions', 'list', '', () => this.#view.show('all')),
      command('Active sessions', 'clock', `${active.length}`, () => this.#view.show('active')),
      command('Pinned sessions', 'pin', '', () => this.#view.show('pinned')),
      ...pages.map(({ name, title, icon }) =>
        command(`Open ${title.toLowerCase()}`, icon, '', () => this.#page.open(name)),
      ),
      ...this.#segments
        .all()
        .map(({ name, query }) =>
          command(`Show segment ${name}`, 'filter', '', () => this.#view.showQuery(query)),
        ),
      ...groupings.map((grouping) =>
        command(
          grouping === 'none' ? 'Do not group' : `Group ${groupingTitles[grouping].toLowerCase()}`,
          'layers',
          '',
          () => this.#view.groupBy(grouping),
        ),
      ),
      command(
        this.#theme.current() === 'dark' ? 'Light theme' : 'Dark theme',
        this.#theme.current() === 'dark' ? 'sun' : 'moon',
        '',
        () => this.#theme.toggle(),
      ),
      command('Keyboard shortcuts', 'keyboard', '?', () =>
        setTimeout(() => this.#overlays.showKeys()),
      ),
    ];
    if (active.length > 0) {
      const stop = command('Stop all sessions', 'stop', `${active.length} active`, () => {
        void this.#bulk.stop(active);
      });
      commands.push(stop);
    }
    return commands;
  }

  accounts(): readonly Command[] {
    const counts = new Map<string, number>();
    for (const session of this.#workspace.sessions()) {
      if (session.type !== 'awsSsoRole') continue;
      counts.set(session.accountId, (counts.get(session.accountId) ?? 0) + 1);
    }
    return [...this.#queries.accountNames()].map(([id, name]) => {
      const count = counts.get(id) ?? 0;
      const roles = count === 1 ? '1 role' : `${count} roles`;
      const open = command(`Open account ${name}`, 'layers', `${spaced(id)} · ${roles}`, () => {
        this.#view.show('all');
        this.#view.filter('account', [id]);
      });
      return { ...open, keywords: [id, spaced(id)] };
    });
  }

  labels(): readonly Command[] {
    const counts = new Map<string, number>();
    for (const { labels } of this.#workspace.sessions()) {
      for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts].map(([label, count]) =>
      command(
        `Show label ${label}`,
        'filter',
        count === 1 ? '1 session' : `${count} sessions`,
        () => {
          this.#view.show('all');
          this.#view.filter('label', [label]);
        },
      ),
    );
  }
}

function command(text: string, icon: IconName, hint: string, run: () => void): Command {
  return { text, icon, hint, run, keywords: [], weight: 0 };
}

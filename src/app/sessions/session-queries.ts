import { computed, effect, inject, Injectable, untracked, type Signal } from '@angular/core';
import { isActive } from '../../models/active.ts';
import { isAside } from '../../models/session-order.ts';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Environments } from '../environment/environments.ts';
import { parseListState, segments, type ListState, type Segment } from './list-state.ts';
import { NewSessions } from './new-sessions.ts';
import { matchesWords, searchWords, textOf } from './search.ts';
import { chosenFields, matchesFilters, type FilterContext } from './session-filter.ts';
import { roleOf } from './session-text.ts';
import { Sources } from './sources.ts';
import { Waiting } from './waiting.ts';
import { eachWhenIdle } from './when-idle.ts';

/** What decides which sessions a list shows. */
export type Query = Pick<ListState, 'segment' | 'integrationId' | 'words' | 'filters'>;

/** Finds sessions by segment, integration, words and filters, and counts them. */
@Injectable({ providedIn: 'root' })
export class SessionQueries {
  readonly #workspace = inject(Workspace);
  readonly #sources = inject(Sources);
  readonly #environments = inject(Environments);
  readonly #waiting = inject(Waiting);
  readonly #newSessions = inject(NewSessions);
  readonly #savedCounts = new Map<string, Signal<number>>();

  /** The names of accounts by their ids. */
  readonly accountNames = this.#environments.accountNames;

  /** What is shown of a session beside its own fields. */
  readonly names = computed(() => ({
    accountNames: this.accountNames(),
    sourceOf: (session: Session) => this.#sources.sourceText(session),
    environmentOf: this.#environments.lookup(),
  }));

  readonly filterContext = computed<FilterContext>(() => ({
    accountNames: this.accountNames(),
    stateOf: this.#waiting.stateOf,
    environmentOf: this.#environments.lookup(),
  }));

  /** The number of sessions of each integration and identity provider. */
  readonly bySource = computed<ReadonlyMap<string, number>>(() => {
    const counts = new Map<string, number>();
    for (const session of this.#workspace.sessions()) {
      const id = sourceOf(session);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  });

  readonly counts = computed<Readonly<Record<Segment, number>>>(() => {
    const counts: Record<Segment, number> = {
      all: 0,
      active: 0,
      pinned: 0,
      waiting: 0,
      archived: 0,
      new: 0,
    };
    for (const session of this.#workspace.sessions()) {
      for (const segment of segments) if (this.#isIn(segment, session)) counts[segment] += 1;
    }
    return counts;
  });

  /**
   * What a search looks at in a session. Remembered until anything that it depends on changes, so that a key reads
   * no signals for each of thousands of sessions.
   */
  readonly #textOf = computed(() => {
    // Names of sessions, integrations and identity providers.
    this.#workspace.sessions();
    this.#workspace.integrations();
    this.#workspace.identityProviders();
    const environmentOf = this.#environments.lookup();
    const known = new WeakMap<Session, string>();
    return (session: Session): string => {
      const before = known.get(session);
      if (before !== undefined) return before;
      const more = [untracked(() => this.#sources.sourceText(session)), environmentOf(session)];
      const text = textOf(session, more);
      known.set(session, text);
      return text;
    };
  });

  /** Whether any session has a role, listed or not: a search moves no column. */
  readonly hasRoles = computed(() =>
    this.#workspace.sessions().some((session) => roleOf(session) !== undefined),
  );

  constructor() {
    // Else the first key of a search would wait for the texts of thousands of sessions.
    effect((onCleanup) => {
      const textOf = this.#textOf();
      onCleanup(eachWhenIdle(untracked(this.#workspace.sessions), textOf));
    });
  }

  /** The sessions of a segment, and of an integration unless it is undefined. */
  sessionsOf({
    segment,
    integrationId,
  }: Pick<Query, 'segment' | 'integrationId'>): readonly Session[] {
    return this.#workspace
      .sessions()
      .filter(
        (session) =>
          this.#isIn(segment, session) &&
          (integrationId === undefined || sourceOf(session) === integrationId),
      );
  }

  /** Those with the words and with values of the filters, in their order. */
  matching(
    sessions: readonly Session[],
    { words, filters }: Pick<Query, 'words' | 'filters'>,
  ): readonly Session[] {
    const searched = searchWords(words);
    const isFiltered = chosenFields(filters).length > 0;
    if (searched.length === 0 && !isFiltered) return sessions;
    const context = this.filterContext();
    const searchedIn = this.#textOf();
    return sessions.filter(
      (session) =>
        matchesWords(searched.length === 0 ? '' : searchedIn(session), searched) &&
        (!isFiltered || matchesFilters(session, filters, context)),
    );
  }

  /** The number of sessions that a saved segment lists. Counted again when sessions change, not at each key. */
  countOf(query: string): number {
    let count = this.#savedCounts.get(query);
    if (count === undefined) {
      count = computed(() => {
        const state = parseListState(new URLSearchParams(query));
        return this.matching(this.sessionsOf(state), state).length;
      });
      this.#savedCounts.set(query, count);
    }
    return count();
  }

  #isIn(segment: Segment, session: Session): boolean {
    switch (segment) {
      case 'all':
        return !isAside(session);
      case 'active':
        return isActive(session);
      case 'pinned':
        return session.pinned && !isAside(session);
      case 'waiting':
        return this.#waiting.isWaiting(session);
      case 'archived':
        return session.archivedAt !== undefined;
      case 'new':
        return this.#newSessions.isNew(session);
    }
  }
}

function sourceOf(session: Session): string | undefined {
  if ('integrationId' in session) return session.integrationId;
  return 'idpId' in session ? session.idpId : undefined;
}

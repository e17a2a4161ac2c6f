import { computed, inject, Injectable } from '@angular/core';
import { isAside } from '../../models/session-order.ts';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { kept } from '../preferences/kept.ts';
import { accountNames } from './account.ts';
import { nextOrder, sorted } from './column-order.ts';
import type { ColumnId } from './columns.ts';
import { groupings, groupsOf, type Grouping } from './grouping.ts';
import { ListAddress } from './list-address.ts';
import {
  formatListState,
  parseListState,
  segments,
  wholeList,
  type ListState,
  type Segment,
} from './list-state.ts';
import type { ListedGroup } from './rows-in-view.ts';
import { matchesWords, searchWords } from './search.ts';
import { matchesFilters, type FilterContext, type FilterField } from './session-filter.ts';
import { NewSessions } from './new-sessions.ts';
import { Environments } from '../environment/environments.ts';
import { Sources } from './sources.ts';
import { Waiting } from './waiting.ts';

/** From so many sessions on, they are grouped by account unless the person chose something else. */
const manySessions = 20;

/** Which sessions the list shows, in which order and groups, and which one is selected. */
@Injectable({ providedIn: 'root' })
export class ListView {
  readonly #workspace = inject(Workspace);
  readonly #sources = inject(Sources);
  readonly #environments = inject(Environments);
  readonly #waiting = inject(Waiting);
  readonly #newSessions = inject(NewSessions);
  readonly #address = inject(ListAddress);
  readonly #state = this.#address.state;
  readonly #usualGrouping = kept('grouping', (stored) =>
    groupings.find((grouping) => grouping === stored),
  );
  readonly #collapsed = kept<readonly string[]>('collapsed', (stored) =>
    Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : [],
  );

  readonly words = computed(() => this.#state().words);
  readonly segment = computed(() => this.#state().segment);
  readonly filters = computed(() => this.#state().filters, { equal: isSame });
  readonly order = computed(() => this.#state().order, { equal: isSame });
  readonly selectedId = computed(() => this.#state().selectedId);
  /** Only the sessions of this integration, while it exists; undefined for all. */
  readonly integrationId = computed(() => {
    const id = this.#state().integrationId;
    const isThere = this.#workspace
      .integrations()
      .some(({ integrationId }) => integrationId === id);
    return isThere ? id : undefined;
  });
  readonly grouping = computed<Grouping>(() => {
    const chosen = this.#state().grouping ?? this.#usualGrouping();
    if (chosen !== undefined) return chosen;
    const hasAccounts = this.#accountNames().size > 1;
    return hasAccounts && this.#workspace.sessions().length > manySessions ? 'account' : 'status';
  });

  readonly selected = computed(() => {
    const id = this.selectedId();
    return id === undefined ? undefined : this.#workspace.session(id);
  });

  readonly #accountNames = computed(() => accountNames(this.#workspace.sessions()), {
    equal: isSameMap,
  });
  readonly filterContext = computed<FilterContext>(() => ({
    accountNames: this.#accountNames(),
    stateOf: this.#waiting.stateOf,
    environmentOf: this.#environmentOf,
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

  readonly counts = computed(() => {
    const all = this.#workspace.sessions();
    return Object.fromEntries(
      segments.map((segment) => [
        segment,
        all.filter((session) => this.#isIn(segment, session)).length,
      ]),
    ) as Readonly<Record<Segment, number>>;
  });

  /** What the filters choose from: the sessions of the segment and integration. */
  readonly beforeFilters = computed(() => {
    const segment = this.segment();
    const integrationId = this.integrationId();
    return this.#workspace
      .sessions()
      .filter(
        (session) =>
          this.#isIn(segment, session) &&
          (integrationId === undefined || sourceOf(session) === integrationId),
      );
  });

  /** The sessions shown, in the order chosen, not grouped. */
  readonly shown = computed(() =>
    sorted(
      this.#matching(this.beforeFilters(), this.words(), this.filters()),
      this.order(),
      this.#names(),
    ),
  );

  readonly groups = computed<readonly ListedGroup[]>(() => {
    const shown = this.shown();
    const usual = this.grouping();
    // Active and inactive sessions apart would undo the order of a column.
    const grouping = usual === 'status' && this.order() !== undefined ? 'none' : usual;
    const collapsed = new Set(this.words() === '' ? this.#collapsed() : []);
    return groupsOf(shown, grouping, this.#names()).map((group) => ({
      ...group,
      isCollapsed: group.title !== '' && collapsed.has(group.key),
    }));
  });

  /** The ids of the sessions listed, from top to bottom. */
  readonly listedIds = computed(() =>
    this.groups().flatMap(({ isCollapsed, sessions }) =>
      isCollapsed ? [] : sessions.map(({ sessionId }) => sessionId),
    ),
  );

  /** The number of sessions that a saved segment lists. */
  countOf(query: string): number {
    const { segment, words, filters, integrationId } = parseListState(new URLSearchParams(query));
    const all = this.#workspace
      .sessions()
      .filter(
        (session) =>
          this.#isIn(segment, session) &&
          (integrationId === undefined || sourceOf(session) === integrationId),
      );
    return this.#matching(all, words, filters).length;
  }

  /** The list as a saved segment keeps it: without the selected session and the columns. */
  query(): string {
    const state = { ...this.#state(), columns: undefined, selectedId: undefined };
    return formatListState(state).toString();
  }

  /** Shows the sessions of a segment, of one integration or of all. */
  show(segment: Segment, integrationId?: string): void {
    this.#address.go({ ...wholeList, segment, integrationId, selectedId: this.selectedId() });
  }

  /** Shows a saved segment. */
  showQuery(query: string): void {
    this.#address.go({
      ...parseListState(new URLSearchParams(query)),
      selectedId: this.selectedId(),
    });
  }

  /** Lists the sessions that have these words. */
  search(words: string): void {
    this.#address.change({ words });
  }

  /** Lists the sessions with one of these values. */
  filter(field: FilterField, values: readonly string[]): void {
    this.#address.go({ filters: { ...this.filters(), [field]: values } });
  }

  clearFilters(): void {
    this.#address.go({ words: '', filters: {} });
  }

  groupBy(grouping: Grouping): void {
    this.#usualGrouping.set(grouping);
    this.#address.go({ grouping });
  }

  sortBy(column: ColumnId): void {
    this.#address.go({ order: nextOrder(this.order(), column) });
  }

  /** Shows the details of a session in the list, or closes them. */
  select(sessionId: string | undefined): void {
    this.#address.change({ selectedId: sessionId });
  }

  /** Shows the details of a session, and everything beside it if the list does not have it. */
  reveal(sessionId: string): void {
    const isListed = this.#address.isShown() && this.listedIds().includes(sessionId);
    if (isListed) {
      this.select(sessionId);
      return;
    }
    const { grouping, order, columns } = this.#state();
    this.#address.go({ ...wholeList, grouping, order, columns, selectedId: sessionId });
    const group = this.groups().find(({ sessions }) =>
      sessions.some((session) => session.sessionId === sessionId),
    );
    if (group?.isCollapsed === true) this.setCollapsed(group.key, false);
  }

  setCollapsed(key: string, isCollapsed: boolean): void {
    this.#collapsed.update((keys) => [
      ...keys.filter((one) => one !== key),
      ...(isCollapsed ? [key] : []),
    ]);
  }

  setAllCollapsed(isCollapsed: boolean): void {
    this.#collapsed.set(isCollapsed ? this.groups().map(({ key }) => key) : []);
  }

  #matching(
    sessions: readonly Session[],
    query: string,
    filters: ListState['filters'],
  ): readonly Session[] {
    const words = searchWords(query);
    const context = this.filterContext();
    return sessions.filter(
      (session) =>
        matchesWords(
          session,
          () => [this.#sourceText(session), this.#environmentOf(session)],
          words,
        ) && matchesFilters(session, filters, context),
    );
  }

  #isIn(segment: Segment, session: Session): boolean {
    switch (segment) {
      case 'all':
        return !isAside(session);
      case 'active':
        return session.status !== 'inactive';
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

  readonly #names = computed(() => ({
    accountNames: this.#accountNames(),
    sourceOf: this.#sourceText,
    environmentOf: this.#environmentOf,
  }));
  readonly #sourceText = (session: Session) => this.#sources.sourceText(session);
  /** Rules are patterns: matching them for thousands of sessions at each key would be slow. */
  readonly #knownEnvironments = computed(() => {
    this.#environments.rules();
    this.#accountNames();
    return new WeakMap<Session, string>();
  });
  readonly #environmentOf = (session: Session): string | undefined => {
    const known = this.#knownEnvironments();
    const before = known.get(session);
    if (before !== undefined) return before === '' ? undefined : before;
    const environment = this.#environments.of(session);
    known.set(session, environment ?? '');
    return environment;
  };
}

function isSameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sourceOf(session: Session): string | undefined {
  if ('integrationId' in session) return session.integrationId;
  return 'idpId' in session ? session.idpId : undefined;
}

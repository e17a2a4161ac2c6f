import { computed, inject, Injectable } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { kept } from '../preferences/kept.ts';
import { nextOrder, sorted } from './column-order.ts';
import type { ColumnId } from './columns.ts';
import { commonEnvironment, groupings, groupsOf, type Grouping } from './grouping.ts';
import { ListAddress } from './list-address.ts';
import { formatListState, parseListState, wholeList, type Segment } from './list-state.ts';
import type { ListedGroup } from './rows-in-view.ts';
import type { FilterField } from './session-filter.ts';
import { SessionQueries } from './session-queries.ts';

/** From so many sessions on, they are grouped by account unless the person chose something else. */
const manySessions = 20;

/** Which sessions the list shows, in which order and groups, and which one is selected. */
@Injectable({ providedIn: 'root' })
export class ListView {
  readonly #workspace = inject(Workspace);
  readonly #queries = inject(SessionQueries);
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
    const hasAccounts = this.#queries.accountNames().size > 1;
    return hasAccounts && this.#workspace.sessions().length > manySessions ? 'account' : 'status';
  });

  readonly selected = computed(() => {
    const id = this.selectedId();
    return id === undefined ? undefined : this.#workspace.session(id);
  });

  /** What the filters choose from: the sessions of the segment and integration. */
  readonly beforeFilters = computed(() =>
    this.#queries.sessionsOf({ segment: this.segment(), integrationId: this.integrationId() }),
  );

  /** Before the search, which keeps the order: a key does not sort again. */
  readonly #ordered = computed(() =>
    sorted(this.beforeFilters(), this.order(), this.#queries.names()),
  );

  /** The sessions shown, in the order chosen, not grouped. */
  readonly shown = computed(() =>
    this.#queries.matching(this.#ordered(), { words: this.words(), filters: this.filters() }),
  );

  readonly groups = computed<readonly ListedGroup[]>(() => {
    const shown = this.shown();
    const usual = this.grouping();
    // Active and inactive sessions apart would undo the order of a column.
    const grouping = usual === 'status' && this.order() !== undefined ? 'none' : usual;
    const collapsed = new Set(this.words() === '' ? this.#collapsed() : []);
    return groupsOf(shown, grouping, this.#queries.names()).map((group) => ({
      key: group.key,
      title: group.title,
      id: group.id,
      isAzure: group.isAzure,
      sessions: group.sessions,
      isCollapsed: group.title !== '' && collapsed.has(group.key),
    }));
  });

  /** The environment of all sessions of an account; undefined where they differ. Only drawn groups need it. */
  readonly environmentOf = computed(() => {
    const isByAccount = this.grouping() === 'account';
    const { environmentOf } = this.#queries.names();
    const known = new WeakMap<readonly Session[], { readonly environment: string | undefined }>();
    return ({ sessions }: ListedGroup): string | undefined => {
      if (!isByAccount) return undefined;
      let one = known.get(sessions);
      if (one === undefined) {
        one = { environment: commonEnvironment(sessions, environmentOf) };
        known.set(sessions, one);
      }
      return one.environment;
    };
  });

  /** The ids of the sessions listed, from top to bottom. */
  readonly listedIds = computed<readonly string[]>(() => {
    const ids: string[] = [];
    for (const { isCollapsed, sessions } of this.groups()) {
      if (!isCollapsed) for (const { sessionId } of sessions) ids.push(sessionId);
    }
    return ids;
  });

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
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

import { columns, readColumns, type ColumnId } from './columns.ts';
import type { ColumnOrder } from './column-order.ts';
import { groupings, type Grouping } from './grouping.ts';
import { filterFields, type FilterField, type Filters } from './session-filter.ts';

export const segments = ['all', 'active', 'pinned', 'waiting', 'new', 'archived'] as const;
export type Segment = (typeof segments)[number];

/** How the list of sessions is shown, as the address holds it. */
export interface ListState {
  /** The words searched for. */
  readonly words: string;
  readonly segment: Segment;
  /** Only the sessions of this integration. */
  readonly integrationId: string | undefined;
  readonly filters: Filters;
  /** Undefined for the person's usual one. */
  readonly grouping: Grouping | undefined;
  /** Undefined for the default order: active sessions first, then by the newest start. */
  readonly order: ColumnOrder | undefined;
  /** The columns in their order, without the first; undefined for the person's usual ones. */
  readonly columns: readonly ColumnId[] | undefined;
  /** The session whose details are shown. */
  readonly selectedId: string | undefined;
}

export const wholeList: ListState = {
  words: '',
  segment: 'all',
  integrationId: undefined,
  filters: {},
  grouping: undefined,
  order: undefined,
  columns: undefined,
  selectedId: undefined,
};

/** The state in a query, such as `q=prod&sort=-started`; what it does not name has its default. */
export function parseListState(query: URLSearchParams): ListState {
  const filters: Partial<Record<FilterField, readonly string[]>> = {};
  for (const field of filterFields) {
    const values = query.getAll(field).filter((value) => value !== '');
    if (values.length > 0) filters[field] = values;
  }
  return {
    words: query.get('q') ?? '',
    segment: segments.find((segment) => segment === query.get('show')) ?? 'all',
    integrationId: query.get('integration') ?? undefined,
    filters,
    grouping: groupings.find((grouping) => grouping === query.get('group')),
    order: parseOrder(query.get('sort') ?? ''),
    columns: parseColumns(query.get('columns')),
    selectedId: query.get('session') ?? undefined,
  };
}

/** The query of a state; it names no defaults. */
export function formatListState(state: ListState): URLSearchParams {
  const { words, segment, integrationId, filters, grouping, order, selectedId } = state;
  const query = new URLSearchParams();
  if (words !== '') query.set('q', words);
  if (segment !== 'all') query.set('show', segment);
  if (integrationId !== undefined) query.set('integration', integrationId);
  for (const field of filterFields) {
    for (const value of filters[field] ?? []) query.append(field, value);
  }
  if (grouping !== undefined) query.set('group', grouping);
  if (order !== undefined) query.set('sort', `${order.descending ? '-' : ''}${order.column}`);
  if (state.columns !== undefined) query.set('columns', state.columns.join('.'));
  if (selectedId !== undefined) query.set('session', selectedId);
  return query;
}

/** Joined by dots, which an address shows as they are. */
function parseColumns(text: string | null): readonly ColumnId[] | undefined {
  return text === null ? undefined : readColumns(text.split('.'));
}

function parseOrder(text: string): ColumnOrder | undefined {
  const descending = text.startsWith('-');
  const column = columns.find(({ id }) => id === text.replace(/^-/, ''))?.id;
  return column === undefined ? undefined : { column, descending };
}

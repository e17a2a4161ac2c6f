import { replaceAt, scalarIn } from '../shared/json/node.ts';
import type { JsonNode } from '../shared/json/parse.ts';
import { compactNode } from '../shared/json/style.ts';
import { isDefaultEntry } from './entries.ts';
import type { StashRow } from './journal.ts';
import { markOf, replaceInMark } from './ownership.ts';
import type { StashedEntry } from './stash.ts';
import {
  entriesOf,
  insertEntry,
  isAt,
  removeEntry,
  replaceEntry,
  type Entry,
  type Location,
  type Root,
  type Table,
} from './tables.ts';

export interface RemovalRequest {
  readonly tables: readonly Table[];
  readonly owns: (entry: Entry) => boolean;
  /** Whether a session still needs the entry at a location; '' means any session. */
  readonly needs: (sessionId: string, location: Location) => boolean;
  readonly stashed: readonly StashedEntry[];
}

export interface RemovalPlan {
  readonly root: Root;
  /** Ids of stashes that are restored, or that the user has replaced meanwhile. */
  readonly done: ReadonlySet<string>;
  /** What is still stashed, with where to restore it. */
  readonly stashed: readonly StashRow[];
}

interface State {
  root: Root;
  readonly done: Set<string>;
  /** Where something of the user's was restored just now. */
  readonly restored: Location[];
  stashed: readonly StashRow[];
}

/** How entries of ours that nobody needs leave a file, and what they replaced is restored. Pure. */
export function planRemoval(root: Root, request: RemovalRequest): RemovalPlan {
  const { tables, owns, needs } = request;
  const stashed = request.stashed.map(({ row }) => row);
  const state: State = { root, done: new Set(), restored: [], stashed };
  for (;;) {
    const entry = entriesOf(state.root, tables).find(
      (one) => owns(one) && sessionsOf(one).some((id) => !needs(id, one)),
    );
    if (entry === undefined) break;
    const rest = sessionsOf(entry).filter((id) => needs(id, entry));
    if (rest.length > 0 && markOf(entry.node) !== undefined) {
      const node = replaceInMark(entry.node, 'sessions', rest);
      state.root = replaceEntry(state.root, entry, node);
    } else {
      removeOrRestore(state, entry, request.stashed);
    }
  }
  restoreRest(state, request);
  return state;
}

/** An entry without a mark has the session id ''. */
function sessionsOf({ node }: Entry): readonly string[] {
  const sessions = markOf(node)?.sessions ?? [];
  return sessions.length > 0 ? sessions : [''];
}

/** An entry of ours becomes what it replaced, or nothing. */
function removeOrRestore(state: State, entry: Entry, stashed: readonly StashedEntry[]): void {
  const row = state.stashed.find(isAt(entry));
  const original = originalOf(stashed, row);
  const chosen = defaultChosenSince(entry);
  if (row !== undefined && original !== undefined) {
    state.root = replaceEntry(state.root, entry, withDefault(original, chosen));
    state.restored.push(row);
    markDone(state, row);
    return;
  }
  state.stashed = state.stashed.map((one) => {
    if (one !== row) return one;
    return { ...one, index: entry.index, ...(chosen === undefined ? {} : { isDefault: chosen }) };
  });
  state.root = removeEntry(state.root, entry);
}

/** Restores what no entry of ours replaced. Where the user wrote a new entry, that one stays. */
function restoreRest(state: State, { owns, tables, stashed }: RemovalRequest): void {
  for (const row of state.stashed) {
    const here = entriesOf(state.root, tables).filter(isAt(row));
    const isCopy = state.restored.some(isAt(row));
    if (!isCopy && here.some((entry) => !owns(entry))) markDone(state, row);
    const original = originalOf(stashed, row);
    if ((!isCopy && here.length > 0) || original === undefined) continue;
    const node = withDefault(original, defaultOnReturn(state, row, original, owns));
    state.root = insertEntry(state.root, row, row.index, { node });
    state.restored.push(row);
    markDone(state, row);
  }
}

function originalOf(
  stashed: readonly StashedEntry[],
  row: StashRow | undefined,
): JsonNode | undefined {
  return stashed.find((one) => one.row.id === row?.id)?.content?.node;
}

/**
 * Whether a restored subscription is the default: only where the user has no other by now. One of
 * ours that became the default in its absence no longer is.
 */
function defaultOnReturn(
  state: State,
  row: StashRow,
  original: JsonNode,
  owns: (entry: Entry) => boolean,
): boolean | undefined {
  const wasDefault = row.isDefault ?? scalarIn(original, 'isDefault') === true;
  if (row.table !== 'subscriptions' || !wasDefault) return row.isDefault;
  const other = entriesOf(state.root, ['subscriptions']).find(isDefaultEntry);
  if (other === undefined) return row.isDefault;
  if (!owns(other) || markOf(other.node)?.isDefault !== true) return false;
  const node = replaceInMark(withDefault(other.node, false), 'isDefault', false);
  state.root = replaceEntry(state.root, other, node);
  return row.isDefault;
}

function markDone(state: State, row: StashRow): void {
  state.done.add(row.id);
  state.stashed = state.stashed.filter(({ id }) => id !== row.id);
}

/** Whether the subscription is the default, if the user changed that after us. */
function defaultChosenSince({ node }: Entry): boolean | undefined {
  const isDefault = scalarIn(node, 'isDefault');
  const mark = markOf(node);
  if (typeof isDefault !== 'boolean' || mark?.isDefault === undefined) return undefined;
  return isDefault === mark.isDefault ? undefined : isDefault;
}

function withDefault(entry: JsonNode, isDefault: boolean | undefined): JsonNode {
  return isDefault === undefined ? entry : replaceAt(entry, ['isDefault'], compactNode(isDefault));
}

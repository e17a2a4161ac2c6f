import { withNode } from '../shared/json-file/edit.ts';
import { parseJson } from '../shared/json-file/parse.ts';
import { nodeIn, scalarIn } from '../shared/json-file/value.ts';
import type { StashRow } from './journal.ts';
import { madeDefaultNode, markOf, sessionsNode } from './mark.ts';
import {
  entriesOf,
  isAt,
  withEntry,
  withoutEntry,
  type Entry,
  type Place,
  type Table,
} from './tables.ts';

/** An entry of the user's that waits: its text, undefined while it cannot be had. */
export interface Waiting {
  readonly row: StashRow;
  readonly text: string | undefined;
}

export interface Settlement {
  readonly text: string;
  /** Ids of what stands there again, or has been written anew by the user meanwhile. */
  readonly done: ReadonlySet<string>;
  /** What still waits, with the place it is to come back to. */
  readonly waits: readonly StashRow[];
}

/**
 * How what is ours and no longer wanted leaves a file, and what is the user's comes back. Pure.
 * Throws NotUnderstood.
 */
export function settle(
  text: string,
  request: {
    readonly tables: readonly Table[];
    readonly owns: (entry: Entry) => boolean;
    /** Whether a session still needs the entry at a place; '' stands for any session. */
    readonly needs: (sessionId: string, place: Place) => boolean;
    readonly waiting: readonly Waiting[];
  },
): Settlement {
  const { tables, owns, needs } = request;
  const waits = request.waiting.map(({ row }) => row);
  const state: State = { text, done: new Set(), returned: [], waits };
  for (;;) {
    const entry = entriesOf(state.text, tables).find(
      (one) => owns(one) && sessionsOf(one).some((id) => !needs(id, one)),
    );
    if (entry === undefined) break;
    const rest = sessionsOf(entry).filter((id) => needs(id, entry));
    const sessions = sessionsNode(entry.node);
    if (rest.length > 0 && sessions !== undefined) {
      state.text = withNode(state.text, sessions, JSON.stringify(rest));
    } else {
      leave(state, entry, request.waiting);
    }
  }
  giveBack(state, request);
  return state;
}

interface State {
  text: string;
  readonly done: Set<string>;
  /** Where something of the user's came back just now. */
  readonly returned: Place[];
  waits: readonly StashRow[];
}

/** One without a mark is asked for under no name. */
function sessionsOf({ node }: Entry): readonly string[] {
  const sessions = markOf(node)?.sessions ?? [];
  return sessions.length > 0 ? sessions : [''];
}

/** Ours becomes what stood there, or nothing. */
function leave(state: State, entry: Entry, waiting: readonly Waiting[]): void {
  const row = state.waits.find(isAt(entry));
  const kept = waiting.find((one) => one.row.id === row?.id)?.text;
  const chosen = chosenSince(entry);
  if (row !== undefined && kept !== undefined) {
    state.text = withNode(state.text, entry.node, withDefault(kept, chosen));
    state.returned.push(row);
    strike(state, row);
    return;
  }
  state.waits = state.waits.map((one) => {
    if (one !== row) return one;
    return { ...one, index: entry.index, ...(chosen === undefined ? {} : { isDefault: chosen }) };
  });
  state.text = withoutEntry(state.text, entry);
}

/** What waits for places that are free again. Where the user wrote there anew, that counts. */
function giveBack(state: State, { owns, tables, waiting }: Parameters<typeof settle>[1]): void {
  for (const row of state.waits) {
    const here = entriesOf(state.text, tables).filter(isAt(row));
    const isCopy = state.returned.some(isAt(row));
    if (!isCopy && here.some((entry) => !owns(entry))) strike(state, row);
    const kept = waiting.find((one) => one.row.id === row.id)?.text;
    if ((!isCopy && here.length > 0) || kept === undefined) continue;
    const entry = withDefault(kept, defaultOnReturn(state, row, kept, owns));
    state.text = withEntry(state.text, row, row.index, { text: entry });
    state.returned.push(row);
    strike(state, row);
  }
}

/**
 * What a subscription that comes back is: the default only where the user has no other by now. One of
 * ours that was made the default in its absence is that no longer.
 */
function defaultOnReturn(
  state: State,
  row: StashRow,
  kept: string,
  owns: (entry: Entry) => boolean,
): boolean | undefined {
  const wasDefault = row.isDefault ?? scalarIn(parseJson(kept), 'isDefault') === true;
  if (row.table !== 'subscriptions' || !wasDefault) return row.isDefault;
  const other = entriesOf(state.text, ['subscriptions']).find(isDefaultEntry);
  if (other === undefined) return row.isDefault;
  if (!owns(other) || markOf(other.node)?.isDefault !== true) return false;
  const flags = [nodeIn(other.node, 'isDefault'), madeDefaultNode(other.node)]
    .filter((flag) => flag !== undefined)
    .toSorted((a, b) => b.from - a.from);
  for (const flag of flags) state.text = withNode(state.text, flag, 'false');
  return row.isDefault;
}

function strike(state: State, row: StashRow): void {
  state.done.add(row.id);
  state.waits = state.waits.filter(({ id }) => id !== row.id);
}

export function isDefaultEntry({ node }: Entry): boolean {
  return scalarIn(node, 'isDefault') === true;
}

/** Whether the subscription is the default, if the user changed that after us. */
function chosenSince({ node }: Entry): boolean | undefined {
  const isDefault = scalarIn(node, 'isDefault');
  const mark = markOf(node);
  if (typeof isDefault !== 'boolean' || mark?.isDefault === undefined) return undefined;
  return isDefault === mark.isDefault ? undefined : isDefault;
}

function withDefault(entry: string, isDefault: boolean | undefined): string {
  const node = nodeIn(parseJson(entry), 'isDefault');
  if (node === undefined || isDefault === undefined) return entry;
  return withNode(entry, node, String(isDefault));
}

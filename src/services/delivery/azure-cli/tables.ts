import { insertChild, removeChild } from '../shared/json/insert.ts';
import { memberOf, replaceAt, replaceChild, stringIn } from '../shared/json/node.ts';
import type { JsonContainer, JsonNode } from '../shared/json/parse.ts';
import {
  compactNode,
  indentationOf,
  pythonIndented,
  pythonOneLine,
  renderMember,
  renderValue,
  styleOf,
  type JsonStyle,
} from '../shared/json/style.ts';

/** What entries are in: subscriptions in the profile, the others in the token cache. */
export type Table = 'subscriptions' | 'Account' | 'AccessToken';

/** An entry in a folder of the Azure CLI. `key`: a subscription's id in lower case, or msal's name. */
export interface Location {
  readonly table: Table;
  readonly key: string;
}

export interface Entry extends Location {
  readonly index: number;
  readonly node: JsonNode;
}

/** A table that Stint made, and what was there instead. */
export interface MadeTable {
  readonly table: Table;
  readonly was: 'absent' | 'null';
}

/** The object in a file; undefined for an empty file. Every edit returns a new one. */
export type Root = JsonContainer | undefined;

export const profileTables = ['subscriptions'] as const;
export const cacheTables = ['Account', 'AccessToken'] as const;

export function isAt(location: Location): (other: Location) => boolean {
  return ({ table, key }) => table === location.table && key === location.key;
}

export function entriesOf(root: Root, tables: readonly Table[]): readonly Entry[] {
  return tables.flatMap((table) =>
    (tableIn(root, table)?.children ?? []).map(({ key, node }, index) => ({
      table,
      key: table === 'subscriptions' ? (stringIn(node, 'id')?.toLowerCase() ?? '') : key,
      index,
      node,
    })),
  );
}

/** Whether the Azure CLI could have written the value of a table. */
export function fitsTable(table: Table, node: JsonNode): boolean {
  if (node.kind === 'scalar') return node.value === null;
  return node.kind === (table === 'subscriptions' ? 'array' : 'object');
}

/** The table if it has to be made first. */
export function missingTable(root: Root, table: Table): MadeTable | undefined {
  if (tableIn(root, table) !== undefined) return undefined;
  return { table, was: memberOf(root, table) === undefined ? 'absent' : 'null' };
}

/** With a new entry before the one at `index`, or after the last. `entry`: its value, or as parsed. */
export function insertEntry(
  root: Root,
  { table, key }: Location,
  index: number,
  entry: { readonly value: unknown } | { readonly node: JsonNode },
): Root {
  const base = withTable(root, table);
  const container = tableIn(base, table);
  if (container === undefined) return base;
  const style = styleOf(base, usualStyle(table));
  const layout = { style, base: tableIndentation(base, table) };
  const changed = insertChild(container, index, layout, (indentation) => {
    const node = 'node' in entry ? entry.node : renderValue(entry.value, style, indentation);
    return container.kind === 'array'
      ? { key: '', label: '', node }
      : renderMember(key, node, style);
  });
  return withContainer(base, table, changed);
}

/** With another value for the entry, laid out as the file is. */
export function rewriteEntry(root: Root, entry: Entry, value: unknown): Root {
  if (root === undefined) return root;
  const { table, index } = entry;
  const style = styleOf(root, usualStyle(table));
  const lead = tableIn(root, table)?.children[index]?.lead ?? '';
  const base = indentationOf(lead) ?? tableIndentation(root, table);
  const node = renderValue(value, style, style.indent === undefined ? '' : base);
  return replaceEntry(root, entry, node);
}

export function replaceEntry(root: Root, { table, index }: Entry, node: JsonNode): Root {
  const container = tableIn(root, table);
  if (root === undefined || container === undefined) return root;
  return withContainer(root, table, replaceChild(container, index, node));
}

export function removeEntry(root: Root, { table, index }: Omit<Entry, 'node'>): Root {
  const container = tableIn(root, table);
  if (root === undefined || container === undefined) return root;
  return withContainer(root, table, removeChild(container, index));
}

/** Without a table that Stint made, if it is empty. */
export function removeTable(root: Root, { table, was }: MadeTable): Root {
  const container = tableIn(root, table);
  if (root === undefined || container === undefined || container.children.length > 0) return root;
  const index = root.children.findLastIndex(({ key }) => key === table);
  return was === 'null' ? replaceChild(root, index, compactNode(null)) : removeChild(root, index);
}

/** Whether the file has nothing but tables without entries. */
export function isVoid(root: Root): boolean {
  return (root?.children ?? []).every(
    ({ node }) => node.kind !== 'scalar' && node.children.length === 0,
  );
}

function tableIn(root: Root, table: Table): JsonContainer | undefined {
  const node = memberOf(root, table);
  return node === undefined || node.kind === 'scalar' ? undefined : node;
}

function withTable(root: Root, table: Table): JsonContainer {
  const base = root ?? { kind: 'object', children: [], tail: '' };
  if (tableIn(base, table) !== undefined) return base;
  const empty = compactNode(table === 'subscriptions' ? [] : {});
  const index = base.children.findLastIndex(({ key }) => key === table);
  if (index >= 0) return replaceChild(base, index, empty);
  const style = styleOf(base, usualStyle(table));
  return insertChild(base, base.children.length, { style, base: '' }, () =>
    renderMember(table, empty, style),
  );
}

function withContainer(root: JsonContainer, table: Table, container: JsonContainer): Root {
  const changed = replaceAt(root, [table], container);
  return changed.kind === 'scalar' ? root : changed;
}

/** The white space that the table's line begins with. */
function tableIndentation(root: JsonContainer, table: Table): string {
  const child = root.children.findLast(({ key }) => key === table);
  return indentationOf(child?.lead ?? '') ?? '';
}

function usualStyle(table: Table): JsonStyle {
  return table === 'subscriptions' ? pythonOneLine : pythonIndented;
}

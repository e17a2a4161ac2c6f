import { withChild, withNode, withoutChild } from '../shared/json-file/edit.ts';
import {
  parseJsonObject,
  type JsonContainer,
  type JsonNode,
  type JsonObject,
} from '../shared/json-file/parse.ts';
import {
  pythonIndented,
  pythonOneLine,
  renderJson,
  renderMember,
  styleOf,
  type JsonStyle,
} from '../shared/json-file/style.ts';
import { memberOf, stringIn } from '../shared/json-file/value.ts';
import { NotUnderstood } from '../shared/user-file/understood.ts';

/** Where entries stand: subscriptions in the profile, the others in the token cache. */
export type Table = 'subscriptions' | 'Account' | 'AccessToken';

/** `key`: a subscription's id in lower case, or the name msal gives an entry. */
export interface Place {
  readonly table: Table;
  readonly key: string;
}

export interface Entry extends Place {
  readonly index: number;
  readonly node: JsonNode;
}

/** A table that had to be made, and what stood for it. */
export interface MadeTable {
  readonly table: Table;
  readonly was: 'absent' | 'null';
}

export const profileTables = ['subscriptions'] as const;
export const cacheTables = ['Account', 'AccessToken'] as const;

export function isAt(place: Place): (other: Place) => boolean {
  return ({ table, key }) => table === place.table && key === place.key;
}

/** Throws NotUnderstood where something else stands for the table. */
export function entriesOf(text: string, tables: readonly Table[]): readonly Entry[] {
  if (text === '') return [];
  const root = parseJsonObject(text);
  return tables.flatMap((table) => {
    const container = containerOf(text, root, table);
    if (container === undefined) return [];
    if (container.kind === 'object') {
      return container.children.map(({ key, value }, index) => ({
        table,
        key,
        index,
        node: value,
      }));
    }
    return container.children.map((node, index) => {
      return { table, key: stringIn(node, 'id')?.toLowerCase() ?? '', index, node };
    });
  });
}

/** The table if it is yet to be made. */
export function lacking(text: string, table: Table): MadeTable | undefined {
  const node = text === '' ? undefined : memberOf(parseJsonObject(text), table);
  if (node === undefined) return { table, was: 'absent' };
  return node.kind === 'scalar' ? { table, was: 'null' } : undefined;
}

/** With a new entry, before the one at `index` or behind the last. `entry`: a value, or its text. */
export function withEntry(
  text: string,
  { table, key }: Place,
  index: number,
  entry: { readonly value: unknown } | { readonly text: string },
): string {
  const base = withTable(text, table);
  const root = parseJsonObject(base);
  const container = containerOf(base, root, table);
  if (container === undefined) return base;
  const style = styleOf(base, root, usualStyle(table));
  const render = (indentation: string) =>
    'text' in entry ? entry.text : renderJson(entry.value, style, indentation);
  const child = (indentation: string) =>
    container.kind === 'array'
      ? render(indentation)
      : renderMember(key, null, style, '').slice(0, -'null'.length) + render(indentation);
  return withChild(base, container, index, style, child);
}

/** With the entry as `value`, laid out as the file is. */
export function withValue(text: string, { table, node }: Entry, value: unknown): string {
  const style = styleOf(text, parseJsonObject(text), usualStyle(table));
  const line = text.slice(text.lastIndexOf('\n', node.from - 1) + 1, node.from);
  const base = style.indent === undefined ? '' : (/^[ \t]*/.exec(line)?.[0] ?? '');
  return withNode(text, node, renderJson(value, style, base));
}

export function withoutEntry(text: string, { table, index }: Entry): string {
  const container = containerOf(text, parseJsonObject(text), table);
  return container === undefined ? text : withoutChild(text, container, index);
}

/** Without a table that we made, as long as nothing is in it. */
export function withoutTable(text: string, { table, was }: MadeTable): string {
  if (text === '') return text;
  const root = parseJsonObject(text);
  const index = root.children.findLastIndex(({ key }) => key === table);
  const node = root.children[index]?.value;
  if (node === undefined || node.kind === 'scalar' || node.children.length > 0) return text;
  return was === 'null' ? withNode(text, node, 'null') : withoutChild(text, root, index);
}

/** Whether nothing is in the file but tables without entries. */
export function isVoid(text: string): boolean {
  return (
    text === '' ||
    parseJsonObject(text).children.every(
      ({ value }) => value.kind !== 'scalar' && value.children.length === 0,
    )
  );
}

function withTable(text: string, table: Table): string {
  const base = text === '' ? '{}' : text;
  const root = parseJsonObject(base);
  const node = memberOf(root, table);
  const empty = table === 'subscriptions' ? '[]' : '{}';
  if (node?.kind === 'scalar') return withNode(base, node, empty);
  if (node !== undefined) return base;
  const style = styleOf(base, root, usualStyle(table));
  const value = table === 'subscriptions' ? [] : {};
  return withChild(base, root, root.children.length, style, () =>
    renderMember(table, value, style, ''),
  );
}

function containerOf(text: string, root: JsonObject, table: Table): JsonContainer | undefined {
  const node = memberOf(root, table);
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return undefined;
  if (node.kind === (table === 'subscriptions' ? 'array' : 'object')) {
    return node;
  }
  const line = text.slice(0, node.from).split('\n').length;
  throw new NotUnderstood(
    line,
    `has something else for "${table}" than the Azure CLI writes there`,
  );
}

function usualStyle(table: Table): JsonStyle {
  return table === 'subscriptions' ? pythonOneLine : pythonIndented;
}

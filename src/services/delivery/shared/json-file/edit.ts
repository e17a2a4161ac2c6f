import type { JsonContainer, JsonNode } from './parse.ts';
import type { JsonStyle } from './style.ts';

/*
 * Each takes a text and a node parsed from it, and returns the new text. `without` is the exact
 * opposite of `withChild` as long as nobody writes in between.
 */

/** With `replacement` in the place of a node. */
export function withNode(text: string, node: JsonNode, replacement: string): string {
  return text.slice(0, node.from) + replacement + text.slice(node.to);
}

/** With another child before the one at `index`, or behind the last; `child` renders it at an indentation. */
export function withChild(
  text: string,
  container: JsonContainer,
  index: number,
  style: JsonStyle,
  child: (base: string) => string,
): string {
  const { children } = container;
  const last = children.at(-1);
  if (last === undefined) return withFirst(text, container, style, child);
  const at = children[index];
  const gap = gapBefore(text, container, at === undefined ? children.length - 1 : index, style);
  const rendered = child(gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n') + 1) : '');
  if (at === undefined) return insert(text, last.to, `,${gap}${rendered}`);
  return insert(text, at.from, `${rendered},${gap}`);
}

/** Without the child at `index`, its comma, and the white space that came with it. */
export function withoutChild(text: string, container: JsonContainer, index: number): string {
  const { children } = container;
  const child = children[index];
  if (child === undefined) return text;
  const before = children[index - 1];
  const after = children[index + 1];
  if (before !== undefined) return cut(text, before.to, child.to);
  if (after !== undefined) return cut(text, child.from, after.from);
  const lead = text.slice(container.from + 1, child.from);
  const tail = text.slice(child.to, container.to - 1);
  const isOnLinesOfItsOwn = lead.includes('\n') && tail.includes('\n');
  if (isOnLinesOfItsOwn) return cut(text, container.from + 1, container.to - 1);
  return cut(text, child.from, child.to);
}

function withFirst(
  text: string,
  container: JsonContainer,
  style: JsonStyle,
  child: (base: string) => string,
): string {
  const start = container.from + 1;
  const isTight = start === container.to - 1;
  if (style.indent === undefined || !isTight) return insert(text, start, child(''));
  const base = indentationAt(text, container.from);
  const inner = base + style.indent;
  const { lineBreak } = style;
  return insert(text, start, lineBreak + inner + child(inner) + lineBreak + base);
}

/** The white space before a child, as it would be with another one before that. */
function gapBefore(
  text: string,
  { from, children }: JsonContainer,
  index: number,
  style: JsonStyle,
): string {
  const child = children[index];
  const before = children[index - 1];
  if (child === undefined) return '';
  const gap = text.slice(before?.to ?? from + 1, child.from);
  if (before !== undefined) return gap.slice(gap.indexOf(',') + 1);
  return gap.includes('\n') ? gap : style.comma.slice(style.comma.indexOf(',') + 1);
}

/** The white space that the line of `at` begins with. */
function indentationAt(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function insert(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function cut(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(to);
}

import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { FileSyntaxError } from '../user-file/syntax-error.ts';

/*
 * JSON as a tree that keeps every character (RFC 8259, and the number words NaN and Infinity of
 * Python's json module). An edit makes a new tree; `textOf` writes it out. Why not jsonc-parser's
 * own edits: docs/decisions/0013-json-edits-on-a-lossless-tree.md.
 */

export interface JsonScalar {
  readonly kind: 'scalar';
  readonly text: string;
  readonly value: string | number | boolean | null;
}

export interface JsonContainer {
  readonly kind: 'array' | 'object';
  readonly children: readonly JsonChild[];
  /** White space before the closing bracket. */
  readonly tail: string;
}

/** An item of an array or a member of an object. */
export interface JsonChild {
  /** White space before it and, except for the first, the comma. */
  readonly lead: string;
  /** Of a member; '' in arrays. */
  readonly key: string;
  /** Of a member: the key as written, colon and white space; '' in arrays. */
  readonly label: string;
  readonly node: JsonNode;
}

export type JsonNode = JsonScalar | JsonContainer;

/** A whole text, with the white space around its value. */
export interface JsonText {
  readonly lead: string;
  readonly root: JsonNode;
  readonly tail: string;
}

/** Deeper than any file of a tool, and far less than the stack holds. */
const deepest = 200;

/** Throws FileSyntaxError. */
export function parseJson(text: string): JsonText {
  const errors: ParseError[] = [];
  const tree = treeOf(text, errors);
  const [first] = errors;
  if (first !== undefined) throw syntaxError(text, first.offset, complaintOf(first));
  if (tree === undefined) throw syntaxError(text, text.length, 'has no value');
  return {
    lead: text.slice(0, tree.offset),
    root: nodeOf(text, tree, 0),
    tail: text.slice(endOf(tree)),
  };
}

/** Character for character what was parsed, but for the edits. */
export function textOf(node: JsonNode): string {
  if (node.kind === 'scalar') return node.text;
  const [open, close] = node.kind === 'array' ? (['[', ']'] as const) : (['{', '}'] as const);
  const children = node.children.map(
    ({ lead, label, node: child }) => `${lead}${label}${textOf(child)}`,
  );
  return `${open}${children.join('')}${node.tail}${close}`;
}

function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(maskNumberWords(text), errors, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

function nodeOf(text: string, tree: Node, depth: number): JsonNode {
  if (depth > deepest) throw tooDeep();
  const nodes = tree.children ?? [];
  if (tree.type !== 'array' && tree.type !== 'object') {
    const own = text.slice(tree.offset, endOf(tree));
    return { kind: 'scalar', text: own, value: scalarOf(tree, own) };
  }
  let end = tree.offset + 1;
  const children = nodes.map((child) => {
    const lead = text.slice(end, child.offset);
    end = endOf(child);
    // A property has its key and its value for children.
    const value = child.type === 'property' ? (child.children?.[1] ?? child) : child;
    return {
      lead,
      key: value === child ? '' : String(child.children?.[0]?.value),
      label: text.slice(child.offset, value.offset),
      node: nodeOf(text, value, depth + 1),
    };
  });
  return { kind: tree.type, children, tail: text.slice(end, endOf(tree) - 1) };
}

function scalarOf(tree: Node, text: string): JsonScalar['value'] {
  if (tree.type === 'number') return Number(text);
  return tree.value as string | boolean | null;
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** Numbers of the same length in place of words that jsonc-parser does not know. */
function maskNumberWords(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|NaN|Infinity/gs, (token) =>
    token.startsWith('"') ? token : '1'.repeat(token.length),
  );
}

const complaints: Readonly<Record<string, string>> = {
  CloseBraceExpected: 'has an object without its "}"',
  CloseBracketExpected: 'has an array without its "]"',
  ColonExpected: 'has no colon after a name',
  CommaExpected: 'has no comma before a value',
  EndOfFileExpected: 'continues after the end of the JSON',
  InvalidCharacter: 'has a string with a line break or another control character',
  InvalidCommentToken: 'has a comment, which JSON does not allow',
  InvalidEscapeCharacter: 'has a string with an unknown escape',
  InvalidUnicode: 'has a string with an unknown escape',
  PropertyNameExpected: 'has no name in double quotes',
  UnexpectedEndOfNumber: 'has an incomplete number',
  UnexpectedEndOfString: 'has a string in double quotes without an end',
  ValueExpected: 'has no value',
};

function complaintOf({ error }: ParseError): string {
  return complaints[printParseErrorCode(error)] ?? 'has a character that JSON does not allow';
}

function syntaxError(text: string, at: number, complaint: string): FileSyntaxError {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return new FileSyntaxError(lines.length, `${complaint} (column ${column})`);
}

function tooDeep(): FileSyntaxError {
  return new FileSyntaxError(1, 'begins with something that nests too deeply');
}

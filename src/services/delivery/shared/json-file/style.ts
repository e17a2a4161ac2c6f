import type { JsonContainer, JsonNode } from './parse.ts';

/** How a file is laid out: one line, or a line for each entry. */
export interface JsonStyle {
  readonly colon: string;
  /** Between entries on one line. */
  readonly comma: string;
  /** One step; undefined where all stands on one line. */
  readonly indent?: string | undefined;
  readonly lineBreak: string;
}

/** As Python's json module writes: what the Azure CLI makes its files with. */
export const pythonOneLine: JsonStyle = { colon: ': ', comma: ', ', lineBreak: '\n' };
export const pythonIndented: JsonStyle = {
  colon: ': ',
  comma: ',',
  indent: '    ',
  lineBreak: '\n',
};

/** The layout of a file, or what `otherwise` says where it has too little in it to tell. */
export function styleOf(text: string, root: JsonNode, otherwise: JsonStyle): JsonStyle {
  const first = root.kind === 'scalar' ? undefined : root.children[0];
  if (root.kind === 'scalar' || first === undefined) return otherwise;
  const lead = text.slice(root.from + 1, first.from);
  const member = 'keyTo' in first ? first : undefined;
  return {
    colon: member === undefined ? otherwise.colon : text.slice(member.keyTo, member.value.from),
    comma: firstComma(text, root) ?? otherwise.comma,
    indent: lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') + 1) : undefined,
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function firstComma(text: string, container: JsonContainer): string | undefined {
  const [one, two] = container.children;
  if (one !== undefined && two !== undefined) return text.slice(one.to, two.from);
  for (const child of container.children) {
    const node = 'keyTo' in child ? child.value : child;
    const comma = node.kind === 'scalar' ? undefined : firstComma(text, node);
    if (comma !== undefined) return comma;
  }
  return undefined;
}

/** A value as text. `base`: the white space that its line begins with. */
export function renderJson(value: unknown, style: JsonStyle, base: string): string {
  if (typeof value !== 'object' || value === null) return inAscii(JSON.stringify(value));
  const isArray = Array.isArray(value);
  const [open, close] = isArray ? '[]' : '{}';
  const inner = base + (style.indent ?? '');
  const entries = isArray
    ? value.map((item) => renderJson(item, style, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => renderMember(key, item, style, inner));
  if (entries.length === 0) return `${open}${close}`;
  if (style.indent === undefined) return `${open}${entries.join(style.comma)}${close}`;
  const lines = entries.map((entry) => style.lineBreak + inner + entry);
  return `${open}${lines.join(',')}${style.lineBreak}${base}${close}`;
}

export function renderMember(key: string, value: unknown, style: JsonStyle, base: string): string {
  return inAscii(JSON.stringify(key)) + style.colon + renderJson(value, style, base);
}

/** As Python does by itself: on Windows msal reads its cache in the code page of the machine. */
function inAscii(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

import type { JsonChild, JsonContainer, JsonNode } from './parse.ts';

/** How a file is laid out: on one line, or with a line for each entry. */
export interface JsonStyle {
  readonly colon: string;
  /** Between entries on one line. */
  readonly comma: string;
  /** One step; undefined where everything is on one line. */
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

const compact: JsonStyle = { colon: ':', comma: ',', lineBreak: '\n' };

/** As JSON.stringify writes it. */
export function compactNode(value: unknown): JsonNode {
  return renderValue(value, compact, '');
}

/** The layout of an object, or `otherwise` where it has too little in it to tell. */
export function styleOf(root: JsonContainer, otherwise: JsonStyle): JsonStyle {
  const [first] = root.children;
  if (first === undefined) return otherwise;
  return {
    colon:
      first.label === '' ? otherwise.colon : first.label.slice(first.label.lastIndexOf('"') + 1),
    comma: firstComma(root) ?? otherwise.comma,
    indent: indentationOf(first.lead),
    lineBreak: first.lead.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** The white space that a line begins with, from the white space before its first character. */
export function indentationOf(lead: string): string | undefined {
  return lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') + 1) : undefined;
}

function firstComma({ children }: JsonContainer): string | undefined {
  const second = children[1];
  if (second !== undefined) return second.lead;
  for (const { node } of children) {
    const comma = node.kind === 'scalar' ? undefined : firstComma(node);
    if (comma !== undefined) return comma;
  }
  return undefined;
}

/** A value as a node. `base`: the white space that its line begins with. */
export function renderValue(value: unknown, style: JsonStyle, base: string): JsonNode {
  if (typeof value !== 'object' || value === null) {
    const scalar = value as string | number | boolean | null;
    return { kind: 'scalar', text: inAscii(JSON.stringify(scalar)), value: scalar };
  }
  const kind = Array.isArray(value) ? 'array' : 'object';
  const inner = base + (style.indent ?? '');
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const lineLead = style.indent === undefined ? undefined : style.lineBreak + inner;
  const children = entries.map(([key, item]: [string, unknown], index) => ({
    ...(kind === 'array'
      ? { key: '', label: '', node: renderValue(item, style, inner) }
      : renderMember(key, renderValue(item, style, inner), style)),
    lead:
      lineLead === undefined
        ? index === 0
          ? ''
          : style.comma
        : (index === 0 ? '' : ',') + lineLead,
  }));
  const isOnOneLine = lineLead === undefined || children.length === 0;
  return { kind, children, tail: isOnOneLine ? '' : style.lineBreak + base };
}

export function renderMember(
  key: string,
  node: JsonNode,
  style: JsonStyle,
): Omit<JsonChild, 'lead'> {
  return { key, label: inAscii(JSON.stringify(key)) + style.colon, node };
}

/** As Python does by itself: on Windows msal reads its cache in the machine's code page. */
function inAscii(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

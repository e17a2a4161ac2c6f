import type { JsonChild, JsonContainer } from './parse.ts';
import { indentationOf, type JsonStyle } from './style.ts';

/*
 * Insertion and removal of a container's children. `removeChild` is the exact opposite of
 * `insertChild` as long as nobody writes in between.
 */

/**
 * The container with another child before the one at `index`, or after the last. `base`: white
 * space that the line of the container begins with; `child` renders at an indentation.
 */
export function insertChild(
  container: JsonContainer,
  index: number,
  layout: { readonly style: JsonStyle; readonly base: string },
  child: (indentation: string) => Omit<JsonChild, 'lead'>,
): JsonContainer {
  const { children } = container;
  const [first, ...rest] = children;
  if (first === undefined) return withFirst(container, layout, child);
  const gap = gapBefore(children, Math.min(index, children.length - 1), layout.style);
  const added = child(indentationOf(gap) ?? '');
  if (index > 0) {
    const between = { ...added, lead: `,${gap}` };
    return { ...container, children: children.toSpliced(index, 0, between) };
  }
  const both = [
    { ...added, lead: first.lead },
    { ...first, lead: `,${gap}` },
  ];
  return { ...container, children: [...both, ...rest] };
}

/** The container without the child at `index`, its comma, and the white space that came with it. */
export function removeChild(container: JsonContainer, index: number): JsonContainer {
  const { children, tail } = container;
  const child = children[index];
  const after = children[index + 1];
  if (child === undefined) return container;
  if (index === 0 && after !== undefined) {
    const first = { ...after, lead: child.lead };
    return { ...container, children: children.toSpliced(0, 2, first) };
  }
  if (index > 0) return { ...container, children: children.toSpliced(index, 1) };
  const isOnLinesOfItsOwn = child.lead.includes('\n') && tail.includes('\n');
  return { ...container, children: [], tail: isOnLinesOfItsOwn ? '' : child.lead + tail };
}

function withFirst(
  container: JsonContainer,
  { style, base }: { readonly style: JsonStyle; readonly base: string },
  child: (indentation: string) => Omit<JsonChild, 'lead'>,
): JsonContainer {
  if (style.indent === undefined || container.tail !== '') {
    return { ...container, children: [{ ...child(''), lead: '' }] };
  }
  const inner = base + style.indent;
  const added = { ...child(inner), lead: style.lineBreak + inner };
  return { ...container, children: [added], tail: style.lineBreak + base };
}

/** The white space before a child, as it would be with another one before that. */
function gapBefore(children: readonly JsonChild[], index: number, style: JsonStyle): string {
  const lead = children[index]?.lead ?? '';
  if (index > 0) return lead.slice(lead.indexOf(',') + 1);
  return lead.includes('\n') ? lead : style.comma.slice(style.comma.indexOf(',') + 1);
}

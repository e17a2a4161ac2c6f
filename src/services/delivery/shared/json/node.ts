import type { JsonContainer, JsonNode, JsonScalar } from './parse.ts';

/** The value of an object's member; of repeated names the last counts, as in Python and JavaScript. */
export function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.children.findLast((member) => member.key === key)?.node;
}

/** A member that is neither object nor array. */
export function scalarIn(node: JsonNode | undefined, key: string): JsonScalar['value'] | undefined {
  const member = memberOf(node, key);
  return member?.kind === 'scalar' ? member.value : undefined;
}

export function stringIn(node: JsonNode | undefined, key: string): string | undefined {
  const value = scalarIn(node, key);
  return typeof value === 'string' ? value : undefined;
}

/** What JSON.parse would return. */
export function valueOf(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.children.map((child) => valueOf(child.node));
  return Object.fromEntries(node.children.map((child) => [child.key, valueOf(child.node)]));
}

/** The node with the value at `path`, which must be there, replaced; otherwise the node itself. */
export function replaceAt(
  node: JsonNode,
  path: readonly string[],
  replacement: JsonNode,
): JsonNode {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (node.kind !== 'object') return node;
  const index = node.children.findLastIndex((member) => member.key === key);
  const child = node.children[index];
  if (child === undefined) return node;
  return replaceChild(node, index, replaceAt(child.node, rest, replacement));
}

/** The container with another value in the child at `index`. */
export function replaceChild(
  container: JsonContainer,
  index: number,
  node: JsonNode,
): JsonContainer {
  const child = container.children[index];
  if (child === undefined) return container;
  return { ...container, children: container.children.with(index, { ...child, node }) };
}

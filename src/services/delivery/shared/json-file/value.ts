import type { JsonNode, JsonObject } from './parse.ts';

/** The value of an object's member; of repeated names the last counts, as in Python and JavaScript. */
export function memberOf(object: JsonObject, key: string): JsonNode | undefined {
  return object.children.findLast((member) => member.key === key)?.value;
}

/** A member of a node, where that is an object and the member a string. */
export function stringIn(node: JsonNode | undefined, key: string): string | undefined {
  const value = scalarIn(node, key);
  return typeof value === 'string' ? value : undefined;
}

/** A member of a node, where that is an object and the member neither object nor array. */
export function scalarIn(
  node: JsonNode | undefined,
  key: string,
): string | number | boolean | null | undefined {
  const member = nodeIn(node, key);
  return member?.kind === 'scalar' ? member.value : undefined;
}

export function nodeIn(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? memberOf(node, key) : undefined;
}

/** What JSON.parse would make of it. */
export function valueOf(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.children.map(valueOf);
  return Object.fromEntries(node.children.map(({ key, value }) => [key, valueOf(value)]));
}

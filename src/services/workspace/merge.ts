import { isDeepStrictEqual } from 'node:util';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Applies to `current` what changed from `before` to `after`; everything else in `current` stays:
 * keys neither of the two knows, and changes made to `current` meanwhile. `removable`: the only keys
 * that may go because `after` lacks them.
 */
export function applyChange(
  current: JsonObject,
  before: JsonObject,
  after: JsonObject,
  removable: ReadonlySet<string>,
): JsonObject {
  return mergeObject(current, before, after, (key) => removable.has(key));
}

function mergeObject(
  current: JsonObject,
  before: JsonObject,
  after: JsonObject,
  mayGo: (key: string) => boolean,
): JsonObject {
  // A map and not an object: a key may be called __proto__.
  const result = new Map(Object.entries(current));
  const now = new Map(Object.entries(after).filter(([, value]) => value !== undefined));
  for (const [key, old] of Object.entries(before)) {
    if (old !== undefined && !now.has(key) && mayGo(key)) result.delete(key);
  }
  const earlier = new Map(Object.entries(before));
  for (const [key, value] of now) {
    const old = earlier.get(key);
    if (!isDeepStrictEqual(old, value)) result.set(key, merge(result.get(key), old, value));
  }
  return Object.fromEntries(result);
}

function merge(current: unknown, before: unknown, after: unknown): unknown {
  return isObject(current) && isObject(before) && isObject(after)
    ? mergeObject(current, before, after, () => true)
    : after;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { invalidRequest } from './field-errors.ts';

/** No resource is nested deeper. */
const deepest = 16;

/**
 * JSON merge patch, RFC 7396 §2: objects are merged, null removes a member, anything else
 * replaces. Neither value is modified. Throws Problem 'invalid-request' for absurd nesting.
 */
export function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isObject(patch)) return patch;
  if (depth === deepest) {
    throw invalidRequest([
      { field: '', message: `must not be nested deeper than ${deepest} levels` },
    ]);
  }
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value, depth + 1));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

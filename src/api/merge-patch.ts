import type { z } from 'zod';
import { fieldErrors, fieldErrorsText } from '../models/field-errors.ts';
import { Problem, type FieldErrorInput } from '../models/problem.ts';

/** No resource is nested deeper. */
const deepest = 16;

/** How any other body is refused; continues "the body". */
export const notAPatch =
  'must be a JSON merge patch (RFC 7396): an object with the fields to change';

/**
 * JSON merge patch, RFC 7396 §2: objects are merged, null removes a member, anything else
 * replaces. Neither value is modified. Throws Problem 'invalid-request' for absurd nesting.
 */
function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isObject(patch)) return patch;
  if (depth === deepest) {
    throw invalidPatch([
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

/**
 * `target` with `patch` merged into it, if `schema` takes that. `readOnly`: names of fields that Stint
 * keeps itself. Throws Problem 'invalid-request', which names what the patch does wrong.
 */
export function patched<S extends z.ZodType>(
  schema: S,
  target: object,
  patch: object,
  readOnly: readonly string[] = [],
): z.output<S> {
  const merged = mergePatch(target, patch);
  const parsed = schema.safeParse(merged);
  if (parsed.success) return parsed.data;
  throw invalidPatch(
    fieldErrors(parsed.error, merged).map((error) =>
      error.code === 'unknown-field' && readOnly.includes(error.field)
        ? { ...error, message: 'cannot be changed: Stint keeps it itself' }
        : error,
    ),
    patch,
  );
}

/** Problem 'invalid-request' for what is wrong with `patch`, or with what it makes of its target. */
export function invalidPatch(found: readonly FieldErrorInput[], patch?: unknown): Problem {
  const errors = found.map((error): FieldErrorInput =>
    error.code !== 'unknown-field' && removes(patch, error.field)
      ? { ...error, code: 'missing', message: 'cannot be removed: it is required' }
      : error,
  );
  return new Problem('invalid-request', {
    detail: `The change is not valid: ${fieldErrorsText(errors)}.`,
    next: 'Correct these fields and send the change again. Stint changes only the fields that you send; null removes one.',
    errors,
  });
}

function removes(patch: unknown, path: string): boolean {
  const found = path
    .split('.')
    .reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), patch);
  return found === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

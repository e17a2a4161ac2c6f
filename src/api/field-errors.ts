import type { z } from 'zod';
import { fieldErrors, fieldErrorsText } from '../models/field-errors.ts';
import { Problem, type FieldErrorInput } from '../models/problem.ts';

/** Throws Problem 'invalid-request' where `value`, found at `at`, is not what `schema` takes. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, at = ''): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidRequest(fieldErrors(parsed.error, value, at));
}

/** Problem 'invalid-request' for a query. */
export function invalidQuery(errors: readonly FieldErrorInput[], query: unknown = {}): Problem {
  const given = query as Readonly<Record<string, unknown>>;
  const worded = errors.map((error) => ({ ...error, ...queryWording(error, given) }));
  return new Problem('invalid-request', {
    detail: `The query is not valid: ${fieldErrorsText(worded, 'the query')}.`,
    next: 'Correct these parameters and ask again. GET /v1/openapi.json lists those of each route.',
    errors: worded,
  });
}

/** A query has text alone, so a list where there is one value means that a parameter came twice. */
function queryWording({ field, code }: FieldErrorInput, given: Readonly<Record<string, unknown>>) {
  if (code === 'unknown-field') return { message: 'is not a parameter of this route' };
  const isList = Array.isArray(given[field]);
  return isList && code === 'wrong-type' ? { message: 'must be given once' } : {};
}

export function invalidRequest(errors: readonly FieldErrorInput[]): Problem {
  return new Problem('invalid-request', {
    detail: `The request is not valid: ${fieldErrorsText(errors)}.`,
    next: 'Correct these fields and send the request again.',
    errors,
  });
}

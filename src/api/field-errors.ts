import type { z } from 'zod';
import { fieldErrors, fieldErrorsText } from '../models/field-errors.ts';
import { Problem, type FieldErrorInput } from '../models/problem.ts';

/** Throws Problem 'invalid-request' where `value`, found at `at`, is not what `schema` takes. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, at = ''): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidRequest(fieldErrors(parsed.error, value, at));
}

export function invalidRequest(errors: readonly FieldErrorInput[]): Problem {
  return new Problem('invalid-request', {
    detail: `The request is not valid: ${fieldErrorsText(errors)}.`,
    next: 'Correct these fields and send the request again.',
    errors,
  });
}

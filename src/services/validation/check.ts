import type { z } from 'zod';
import { fieldErrors, fieldErrorsText } from '../../models/field-errors.ts';
import { Problem, type FieldErrorInput } from '../../models/problem.ts';

/** What is wrong with `value`, field by field, or the value as the schema normalises it. */
export function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
):
  | { readonly data: z.output<T>; readonly errors: readonly [] }
  | { readonly data?: undefined; readonly errors: readonly FieldErrorInput[] } {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { data: parsed.data, errors: [] }
    : { errors: fieldErrors(parsed.error, value) };
}

/** Throws Problem 'invalid-request' naming every field that is wrong. `what`: such as "session". */
export function refuse(what: string, errors: readonly FieldErrorInput[]): never {
  throw new Problem('invalid-request', {
    detail: `The ${what} ${what.endsWith('s') ? 'are' : 'is'} not valid: ${fieldErrorsText(errors)}.`,
    next: 'Correct these fields and send the request again.',
    errors,
  });
}

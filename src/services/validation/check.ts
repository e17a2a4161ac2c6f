import type { z } from 'zod';
import { Problem } from '../../models/problem.ts';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What is wrong with `value`, field by field, or the value as the schema normalises it. */
export function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
):
  | { readonly data: z.output<T>; readonly errors: readonly [] }
  | { readonly data?: undefined; readonly errors: readonly FieldError[] } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { data: parsed.data, errors: [] };
  const errors = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    message,
  }));
  return { errors };
}

/** Throws Problem 'invalid-request' naming every field that is wrong. `what`: such as "session". */
export function refuse(what: string, errors: readonly FieldError[]): never {
  throw new Problem('invalid-request', {
    detail: `The ${what} is not valid: ${errors.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    next: 'Correct the fields named and send it again.',
    errors,
  });
}

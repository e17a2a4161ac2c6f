import type { z } from 'zod';
import { Problem } from '../models/problem.ts';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** One row for each field that is wrong; an unknown field is named itself, not its parent. */
export function fieldErrors({ issues }: z.ZodError): readonly FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: [...path, key].join('.'),
        message: 'is not a field that can be set here',
      }));
    }
    return [{ field: path.join('.'), message: issue.message }];
  });
}

/** Throws Problem 'invalid-request' where `value`, found at `at`, is not what `schema` takes. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, at = ''): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidRequest(
    fieldErrors(parsed.error).map(({ field, message }) => ({
      field: [at, field].filter((part) => part !== '').join('.'),
      message,
    })),
  );
}

export function invalidRequest(errors: readonly FieldError[]): Problem {
  const named = errors.map(({ field, message }) =>
    field === '' ? message : `${field}: ${message}`,
  );
  return new Problem('invalid-request', {
    detail: `The request is not valid. ${named.join('; ')}.`,
    next: 'Correct the fields named and send it again; nothing was changed.',
    errors,
  });
}

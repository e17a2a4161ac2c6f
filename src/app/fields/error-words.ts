import type { z } from 'zod';

type Told = Parameters<z.core.$ZodErrorMap>[0];

/**
 * What is wrong with a value, for a person, to stand after the name of its field. Undefined where the
 * field has words of its own, or none are needed.
 */
export function errorWords(issue: Told): string | undefined {
  const { code } = issue;
  if (code === 'invalid_type') {
    if (issue.input === undefined) return 'is needed';
    return ['number', 'int'].includes(issue.expected) ? 'must be a whole number' : undefined;
  }
  if (code === 'too_small') {
    if (issue.origin !== 'string') return `must be at least ${issue.minimum}`;
    return issue.minimum === 1 ? 'is needed' : `must be at least ${issue.minimum} characters`;
  }
  if (code === 'too_big') {
    if (issue.origin === 'array') return `may be at most ${issue.maximum}`;
    return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
  }
  if (code !== 'invalid_format') return undefined;
  if (issue.format === 'url') return 'must be a whole address, such as https://example.com';
  return issue.format === 'uuid' ? 'must be chosen from the list' : undefined;
}

/** The first thing that is wrong with each field, by its name. */
export function fieldErrorsOf(schema: z.ZodType, value: unknown): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  const { error } = schema.safeParse(value, { error: errorWords });
  for (const { path, message } of error?.issues ?? []) {
    const [name, at] = path;
    errors[String(name)] ??= typeof at === 'number' ? `each ${message}` : message;
  }
  return errors;
}

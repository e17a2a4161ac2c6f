import type { z } from 'zod';

/** Ids that a person types; others are chosen. */
const typedIds: ReadonlySet<string> = new Set(['tenantId', 'subscriptionId']);

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
  if (issue.format !== 'uuid') return undefined;
  return typedIds.has(String(issue.path?.[0]))
    ? 'must be an id, such as 4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b'
    : 'must be chosen from the list';
}

/** The first thing that is wrong with each field, by its name. */
export function fieldErrorsOf(schema: z.ZodType, value: unknown): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  const { error } = schema.safeParse(value, { error: errorWords });
  for (const { path, message } of error?.issues ?? []) {
    const [name, at] = path;
    // Limits are fields of their own in a form.
    const field = name === 'limits' && at !== undefined ? `limits.${String(at)}` : String(name);
    errors[field] ??= typeof at === 'number' ? `each ${message}` : message;
  }
  return errors;
}

import type { z } from 'zod';
import { fieldErrors } from '../../models/field-errors.ts';
import type { FieldError, FieldErrorInput } from '../../models/problem.ts';
import type { FieldErrors, FormField } from '../fields/form-field.ts';

/** What the texts need to know about a field. */
type Described = Pick<FormField, 'name' | 'label' | 'kind' | 'ask'>;

/** The first thing wrong with each of `fields`, as a sentence that says what to enter. */
export function schemaErrors(
  schema: z.ZodType,
  value: unknown,
  fields: readonly Described[],
): FieldErrors {
  const { error } = schema.safeParse(value);
  if (error === undefined) return {};
  const errors: Record<string, string> = {};
  for (const wrong of fieldErrors(error, value)) {
    const field = fields.find(
      ({ name }) => wrong.field === name || wrong.field.startsWith(`${name}.`),
    );
    if (field !== undefined) errors[field.name] ??= errorText(wrong, field);
  }
  return errors;
}

/** What to enter in a field that is empty and must not be. */
export function neededText({ ask, label }: Described): string {
  return ask ?? `Enter a value for ${label}.`;
}

/**
 * What the API reports about `fields`, as sentences; `fieldOf` names the field that a path of the
 * API is about. Errors of other fields are omitted.
 */
export function apiErrors(
  reported: readonly FieldErrorInput[],
  fields: readonly Described[],
  fieldOf: (path: string) => string | undefined,
): FieldErrors {
  const errors: Record<string, string> = {};
  for (const { field: path, message } of reported) {
    const name = fieldOf(path);
    const field = fields.find((one) => one.name === name);
    if (field !== undefined) errors[field.name] ??= sentence(field.label, message);
  }
  return errors;
}

const limits: ReadonlySet<string> = new Set(['too-small', 'too-large', 'too-few', 'too-many']);

/** A broken limit is named; for anything else the field says what it asks for. */
function errorText({ code, field: path, message }: FieldError, field: Described): string {
  if (limits.has(code)) return sentence(field.label, message);
  if (code === 'too-long') {
    return sentence(path === field.name ? field.label : `${field.label}: each entry`, message);
  }
  if (field.kind === 'number') return `${field.label} must be a whole number.`;
  if (field.kind === 'duration') return 'Enter a duration with its unit, such as 12 h or 45 min.';
  // In a long text it matters which part is wrong.
  const ask = field.kind === 'lines' && code === 'malformed' ? undefined : field.ask;
  return ask ?? sentence(field.label, message);
}

/** Messages continue the name of their field: "must be …", "is not …". */
function sentence(label: string, message: string): string {
  return message.endsWith('.') ? `${label} ${message}` : `${label} ${message}.`;
}

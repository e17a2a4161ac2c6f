import type { z } from 'zod';
import { fieldErrors, fieldErrorsText } from '../../models/field-errors.ts';
import { Problem } from '../../models/problem.ts';
import type { SecretStore } from './secret-store.ts';

/**
 * The entry `name` of the vault, as `schema` describes it; undefined where there is none. Throws
 * Problem 'secret-unreadable' for one that this version cannot use, which stays in the vault, and
 * what the store throws. `about`: what it is and how to replace it, for a person.
 */
export async function readSecret<T>(
  secrets: SecretStore,
  name: string,
  schema: z.ZodType<T>,
  about: { readonly what: string; readonly next: string; readonly sessionId?: string },
): Promise<T | undefined> {
  const entry = await read(secrets, name, schema);
  if (entry === undefined || entry.kind === 'usable') return entry?.data;
  const { what, next, sessionId } = about;
  throw new Problem('secret-unreadable', {
    detail: `${what} in the vault cannot be used by this version of Stint (${entry.why}).`,
    next,
    sessionId,
  });
}

/**
 * As `readSecret`, for what can be obtained again: an entry that cannot be used counts as missing,
 * and stays in the vault until a new one replaces it. The log says why.
 */
export async function readCached<T>(
  secrets: SecretStore,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const entry = await read(secrets, name, schema);
  return entry?.kind === 'usable' ? entry.data : undefined;
}

/** `readCached` for many readings in a row, of which only a changed entry is taken apart again. */
export function cachedReader<T>(
  secrets: SecretStore,
  name: string,
  schema: z.ZodType<T>,
): () => Promise<T | undefined> {
  let last: { readonly text: string; readonly entry: Entry<T> } | undefined;
  return async () => {
    const text = await secrets.get(name);
    if (text === undefined) return undefined;
    if (last?.text !== text) last = { text, entry: entryOf(text, secrets, name, schema) };
    return last.entry.kind === 'usable' ? last.entry.data : undefined;
  };
}

type Entry<T> =
  | { readonly kind: 'usable'; readonly data: T }
  | { readonly kind: 'unusable'; readonly why: string };

async function read<T>(
  secrets: SecretStore,
  name: string,
  schema: z.ZodType<T>,
): Promise<Entry<T> | undefined> {
  const text = await secrets.get(name);
  return text === undefined ? undefined : entryOf(text, secrets, name, schema);
}

function entryOf<T>(
  text: string,
  secrets: SecretStore,
  name: string,
  schema: z.ZodType<T>,
): Entry<T> {
  const value = fromJson(text);
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'usable', data: parsed.data };
  // Names of fields and rules, never a value.
  const why = fieldErrorsText(fieldErrors(parsed.error, value), 'it');
  secrets.reportUnusable?.(name, why);
  return { kind: 'unusable', why };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

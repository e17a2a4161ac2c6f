import * as z from 'zod';
import { notAPatch } from '../merge-patch.ts';

/* What the routes of every resource have in common: list, create, read, change, remove. */

/** What changing a resource may fail with: it is saved in the workspace. */
export const savingProblems = ['file-unwritable', 'file-unreadable'] as const;

export function json<S extends z.ZodType>(schema: S) {
  return { 'application/json': { schema } };
}

export function jsonBody<S extends z.ZodType>(schema: S) {
  return { content: json(schema), required: true } as const;
}

/** `what`: such as "the idpId". */
export function idIn(what: string) {
  return z.object({ id: z.string().describe(what) });
}

/** All of them, as `{ items }`. */
export function listAnswer<S extends z.ZodType>(item: S, id: string) {
  const schema = z.object({ items: z.array(item) }).meta({ id });
  return { 200: { description: 'All of them', content: json(schema) } };
}

export function createdAnswer<S extends z.ZodType>(description: string, schema: S) {
  return {
    201: { description, headers: z.object({ Location: z.string() }), content: json(schema) },
  };
}

/** The members to change. They are checked once they are merged. */
export function patchBody(what: string, id: string) {
  const schema = z
    .record(z.string(), z.unknown(), { error: notAPatch })
    .describe(`JSON merge patch (RFC 7396) on the fields of ${what}; null removes a field`)
    .meta({ id });
  return {
    content: { 'application/merge-patch+json': { schema }, ...json(schema) },
    required: true,
  } as const;
}

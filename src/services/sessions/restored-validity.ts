import { Problem } from '../../models/problem.ts';
import type { SessionFields } from '../../models/session-fields.ts';

/**
 * The fields of an archived session that is restored: valid until `validUntil`, or without an end where it
 * is omitted. `now`: milliseconds since the epoch. Throws Problem 'invalid-request' for an end that has
 * passed.
 */
export function restoredValidity(
  fields: SessionFields,
  validUntil: string | undefined,
  now: number,
): SessionFields {
  const { validUntil: _ended, ...rest } = fields;
  if (validUntil === undefined) return rest;
  if (Date.parse(validUntil) <= now) {
    throw new Problem('invalid-request', {
      detail: `${validUntil} has passed.`,
      next: 'Name a later end, or none.',
      errors: [{ field: 'validUntil', message: 'must be in the future' }],
    });
  }
  return { ...rest, validUntil };
}

import * as z from 'zod';

/** UTC ISO 8601 with `Z`, as `Date.prototype.toISOString` writes it (RFC 3339). */
export const instantSchema = z.iso.datetime();

export function toInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

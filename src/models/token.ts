import * as z from 'zod';
import { roleSchema, scopeSchema, type Scope } from './scope.ts';
import { instantSchema } from './time.ts';

/** The longest a client token can last: 30 days. */
export const longestTokenSeconds = 30 * 24 * 3600;

/** The longest a token can last that has no scope but `metrics:read`, for a monitor: a year. */
export const longestMetricsTokenSeconds = 366 * 24 * 3600;

/** The longest a token with these scopes can last, in seconds. */
export function longestLifetime(scopes: readonly Scope[]): number {
  const readsMetricsAlone = scopes.length > 0 && scopes.every((scope) => scope === 'metrics:read');
  return readsMetricsAlone ? longestMetricsTokenSeconds : longestTokenSeconds;
}

/** What the maker of a client token sends. If omitted, `expires_in` is 30 minutes. */
export const tokenRequestSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(128)
    // eslint-disable-next-line no-control-regex -- control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f]+$/, 'must not contain control characters')
    .describe('who uses it; the history shows it'),
  role: roleSchema.optional(),
  scopes: z.array(scopeSchema).max(scopeSchema.options.length).optional(),
  sessionId: z.string().min(1).max(128).optional().describe('binds it to this one session'),
  expires_in: z
    .int()
    .min(1)
    .max(longestMetricsTokenSeconds)
    .optional()
    .describe(
      'seconds until it expires; 1800 if omitted. At most 30 days, or 366 with no scope but metrics:read',
    ),
});

/** A new token. Stint does not keep it, so it cannot show it again. */
export const issuedTokenSchema = z.object({
  tokenId: z.string(),
  token: z.string().describe('secret; shown only once'),
  expiresAt: instantSchema,
});

/** A client token that was issued, without the token itself. */
export const tokenInfoSchema = z.object({
  tokenId: z.string(),
  name: z.string(),
  role: roleSchema,
  scopes: z.array(scopeSchema),
  sessionId: z.string().optional(),
  issuedAt: instantSchema,
  expiresAt: instantSchema,
  revokedAt: instantSchema.optional(),
});
export type TokenInfo = Readonly<z.infer<typeof tokenInfoSchema>>;

import * as z from 'zod';
import { issuedTextSchema } from '../../../models/credentials.ts';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { clientGrantSchema } from './registration.ts';

/** What is kept in the vault of a sign-in at Identity Center; times in milliseconds since the epoch. */
export const keptTokenSchema = z.object({
  accessToken: issuedTextSchema,
  refreshToken: z.string().min(1).optional(),
  issuedAt: z.number(),
  expiresAt: z.number(),
  /** Whose client it was issued to; missing in a token that an older Stint kept. */
  grant: clientGrantSchema.optional(),
  /** The region that issued it, where alone it is valid; the integration's if missing. */
  region: z.string().optional(),
});
export type KeptToken = z.infer<typeof keptTokenSchema>;

/** A token with less time left than this is renewed first, in milliseconds; at most a third of its lifetime. */
const reserve = 5 * 60_000;

export const tokenName = (integrationId: string) => `integration/${integrationId}/token`;

/** Whether it lasts long enough to be used without a renewal. */
export function lastsAt({ issuedAt, expiresAt }: KeptToken, now: number): boolean {
  return expiresAt - now > Math.min(reserve, (expiresAt - issuedAt) / 3);
}

/** The region a token is valid in. An older Stint kept none: it knew one alone. */
export function regionOf({ region }: KeptToken, integration: AwsSsoIntegration): string {
  return region ?? integration.region;
}

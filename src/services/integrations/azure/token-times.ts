import * as z from 'zod';

/** A part of MSAL's cache: its entries by their keys. */
const entries = z.record(z.string(), z.looseObject({}));

export const cacheSchema = z.looseObject({
  Account: entries.optional(),
  IdToken: entries.optional(),
  AccessToken: entries.optional(),
  RefreshToken: entries.optional(),
  AppMetadata: entries.optional(),
});
export type MsalCache = z.infer<typeof cacheSchema>;

/** What MSAL notes of an access token by this machine's clock: seconds since the epoch, as text. */
const instants = ['cached_at', 'expires_on', 'extended_expires_on', 'refresh_on'] as const;

/** The cache with all times of its access tokens later by `milliseconds`. */
export function laterBy(milliseconds: number, cache: MsalCache): MsalCache {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds === 0 || cache.AccessToken === undefined) return cache;
  const moved = Object.entries(cache.AccessToken).map(([key, token]) => {
    const times = instants.flatMap((name) => {
      const at = Number(token[name] ?? Number.NaN);
      return Number.isNaN(at) ? [] : [[name, String(at + seconds)] as const];
    });
    return [key, { ...token, ...Object.fromEntries(times) }] as const;
  });
  return { ...cache, AccessToken: Object.fromEntries(moved) };
}

const first = 5_000;
const longest = 5 * 60_000;

/** Least and most time until what failed is tried again after the network came back, in milliseconds. */
const soon = { least: 1_000, most: 4_000 } as const;

/**
 * Milliseconds to wait after the `failures`-th failure in a row: doubling from 5 s to 5 min, spread
 * by up to a fifth so that sessions that failed together do not come back together. While `left`
 * milliseconds remain until the credentials expire, no more than a quarter of that: a service that
 * answers again is asked in time.
 */
export function retryDelay(
  failures: number,
  {
    left = 0,
    random = Math.random,
  }: { readonly left?: number; readonly random?: () => number } = {},
): number {
  const usual = Math.min(longest, first * 2 ** (failures - 1)) * (0.9 + random() * 0.2);
  return Math.round(left > 0 ? Math.min(usual, Math.max(soon.least, left / 4)) : usual);
}

/** A random short wait, in milliseconds. */
export function spread(random: () => number = Math.random): number {
  return Math.round(soon.least + random() * (soon.most - soon.least));
}

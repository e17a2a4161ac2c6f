const first = 5_000;
const longest = 5 * 60_000;

/**
 * Milliseconds to wait after the `failures`-th failure in a row: doubling from 5 s to 5 min, spread
 * by up to a fifth so that sessions that failed together do not come back together.
 */
export function retryDelay(failures: number, random: () => number = Math.random): number {
  const delay = Math.min(longest, first * 2 ** (failures - 1));
  return Math.round(delay * (0.9 + random() * 0.2));
}

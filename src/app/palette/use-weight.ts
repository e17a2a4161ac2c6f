/** How often something was used: each use counts half after a week. */
export interface Use {
  readonly weight: number;
  /** In milliseconds since the epoch. */
  readonly at: number;
}

/** In milliseconds. */
const week = 7 * 24 * 60 * 60 * 1000;
/** One more use. `now`: in milliseconds since the epoch. */
export function usedAgain(use: Use | undefined, now: number): Use {
  return { weight: weightAt(use, now) + 1, at: now };
}

export function weightAt(use: Use | undefined, now: number): number {
  return use === undefined ? 0 : use.weight * 0.5 ** (Math.max(0, now - use.at) / week);
}

/** The weight of each session that was ever started, of those ordered by their starts: 1 for the first, then less. */
export function startWeights(
  mostFirst: readonly { readonly sessionId: string; readonly startDateTime: string }[],
): ReadonlyMap<string, number> {
  const started = mostFirst.filter(({ startDateTime }) => startDateTime !== '');
  return new Map(
    started.map(({ sessionId }, at) => [sessionId, (started.length - at) / started.length]),
  );
}

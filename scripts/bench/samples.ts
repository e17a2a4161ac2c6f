/** What the samples of one piece of work say, in milliseconds. */
export interface Samples {
  readonly median: number;
  readonly p99: number;
  readonly count: number;
  /** Time of the processor for each in this process, which depends less on what else the machine does. */
  readonly cpu?: number;
}

/** What the times say, in milliseconds. */
export function samplesOf(times: readonly number[]): Samples {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    count: sorted.length,
  };
}

/** Work to be measured; what it returns is awaited. */
export type Work = () => unknown;

/**
 * Measures `rounds` of each piece of work. They take turns, so that other work of the machine slows all of
 * them; the first round only warms up. `after`: undoes what a piece of work did, outside its time.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, Work>>,
  { after }: { readonly after?: Readonly<Partial<Record<Name, Work>>> } = {},
): Promise<Readonly<Record<Name, Samples>>> {
  const entries = Object.entries<Work>(works).map(([name, work]) => {
    const times: number[] = [];
    return { name, work, times, cpu: 0, undo: after?.[name as Name] };
  });
  for (let round = 0; round <= rounds; round += 1) {
    for (const entry of entries) {
      const [started, before] = [performance.now(), process.cpuUsage()];
      await entry.work();
      if (round > 0) {
        entry.times.push(performance.now() - started);
        const { user, system } = process.cpuUsage(before);
        entry.cpu += (user + system) / 1000 / rounds;
      }
      await entry.undo?.();
    }
  }
  return Object.fromEntries(
    entries.map(({ name, times, cpu }) => [name, { ...samplesOf(times), cpu }]),
  ) as Readonly<Record<Name, Samples>>;
}

/** The nearest-rank quantile. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

import { simulate, type SimulationOptions } from './simulate.ts';

/**
 * Simulates every seed with the same options. `write` gets a line for each; one that failed ends with
 * how to repeat it. Returns how many failed.
 */
export async function simulateSeeds(
  seeds: readonly number[],
  options: SimulationOptions,
  write: (line: string) => void,
): Promise<number> {
  let failed = 0;
  for (const seed of seeds) {
    const begun = performance.now();
    const { failure, counts } = await simulate(seed, options);
    const took = ((performance.now() - begun) / 1000).toFixed(1);
    if (failure === undefined) write(`ok seed ${seed}: ${JSON.stringify(counts)} in ${took} s`);
    else {
      failed += 1;
      write(`not ok seed ${seed}: ${failure}\n  replay: ${replay(seed, options)}`);
    }
  }
  write(`simulation: ${seeds.length - failed} seeds passed, ${failed} failed`);
  return failed;
}

function replay(seed: number, options: SimulationOptions): string {
  const flags = Object.entries({ seed, ...options }).map(
    ([name, value]: [string, string | number]) => `--${name} ${value}`,
  );
  return `npm run simulate -- ${flags.join(' ')}`;
}

/**
 * Whether everything is tried, for as long as that takes: `npm run test:campaign`. Otherwise a test
 * that could take minutes tries a part, the same one each time.
 */
export const isCampaign = process.env['STINT_CAMPAIGN'] === '1';

/** `npm run test:mutation` runs tests for each of a thousand changes: few inputs notice most of them. */
const isMutation = process.env['STINT_MUTATION_ROOM'] !== undefined;

/** How often a property is tried: `usual` times, in a campaign ten times as often. */
export function numRuns(usual: number): number {
  return isCampaign ? usual * 10 : usual;
}

/** How many inputs a round of fuzzing gives, which give `usual` otherwise. */
export function fuzzInputs(usual: number): number {
  return isMutation ? Math.ceil(usual / 20) : usual;
}

/** How many times longer a test may take than usual before it counts as hanging: machines are busy at times. */
const patience = 10;

/** How long a test may take that usually takes `usual` minutes, in milliseconds; in a campaign ten times as long. */
export function minutes(usual: number): number {
  return numRuns(usual) * 60_000 * patience;
}

/** From one step at which a process is killed to the next one. */
export const stepsBetweenKills = isCampaign ? 1 : 4;

/** The seeds of random kills, as `FIRST-LAST`: `npm run test:kills`. Otherwise one that kills four agents in a row. */
export function killSeeds(): readonly number[] {
  const [first = 0, last = 0] = (process.env['STINT_KILL_SEEDS'] ?? '2-2').split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

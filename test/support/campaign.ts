/**
 * Whether everything is tried, for as long as that takes: `npm run test:campaign`. Otherwise a test
 * that could take minutes tries a part, the same one each time.
 */
export const isCampaign = process.env['STINT_CAMPAIGN'] === '1';

/** How often a property is tried: `usual` times, in a campaign ten times as often. */
export function numRuns(usual: number): number {
  return isCampaign ? usual * 10 : usual;
}

/** How long such a test may take, in milliseconds; in a campaign ten times as long. */
export function minutes(usual: number): number {
  return numRuns(usual) * 60_000;
}

/** From one step at which a process is killed to the next one. */
export const stepsBetweenKills = isCampaign ? 1 : 4;

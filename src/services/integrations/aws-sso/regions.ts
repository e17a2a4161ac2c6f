import type { AwsSsoIntegration } from '../../../models/integration.ts';

/** Where the integration signs in: its region first. */
export function regionsOf({ region, failoverRegion }: AwsSsoIntegration): readonly string[] {
  return failoverRegion === undefined ? [region] : [region, failoverRegion];
}

/** Does `work` in the first region that answers; `isAway`: whether an error says that one does not. */
export async function inFirstThatAnswers<T>(
  [region = '', ...others]: readonly string[],
  isAway: (error: unknown) => boolean,
  signal: AbortSignal,
  work: (region: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(region);
  } catch (error) {
    signal.throwIfAborted();
    if (others.length === 0 || !isAway(error)) throw error;
    return await inFirstThatAnswers(others, isAway, signal, work);
  }
}

import { awsRegions } from '../../models/aws-region.ts';
import type { FieldErrorInput } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';
import { awsEndpointSettings } from './aws-endpoints.ts';

/** Whether a setting leads to a private cloud or a stand-in, which has its own regions and keys. */
export function usesOwnEndpoint(settings: Settings): boolean {
  return awsEndpointSettings.some((name) => settings[name] !== undefined);
}

/**
 * What is wrong with an AWS region that somebody enters in `field`: otherwise the first call fails with
 * a host name that nobody typed. `before`: an unchanged region is not checked.
 */
export function awsRegionErrors(
  region: string,
  {
    before,
    settings,
    endpointUrl,
    field = 'region',
  }: {
    readonly before: string | undefined;
    readonly settings: Settings;
    /** Of the session. */
    readonly endpointUrl?: string | undefined;
    readonly field?: string;
  },
): readonly FieldErrorInput[] {
  if (region === before || awsRegions.includes(region)) return [];
  if (endpointUrl !== undefined || usesOwnEndpoint(settings)) return [];
  return [{ field, message: wording(region) }];
}

function wording(region: string): string {
  const [, ofZone = ''] = /^(.*\d)[a-z]$/.exec(region) ?? [];
  if (awsRegions.includes(ofZone)) {
    return `must be a region; ${region} is an availability zone of ${ofZone}`;
  }
  const near = awsRegions.filter((known) => known.startsWith(region)).slice(0, 2);
  const such = near.length === 0 ? 'eu-west-1' : near.join(' or ');
  return `must be a region of AWS, such as ${such}; ${region} is not one. Regions: stint settings regions`;
}

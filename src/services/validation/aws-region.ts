import { awsRegions } from '../../models/aws-region.ts';
import type { FieldErrorInput } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';

/** Whether a setting leads to a private cloud or a stand-in, which has its own regions and keys. */
export function usesOwnEndpoint(settings: Settings): boolean {
  const { awsEndpointUrl, awsStsEndpointUrl, awsSsoEndpointUrl, awsSsoOidcEndpointUrl } = settings;
  return [awsEndpointUrl, awsStsEndpointUrl, awsSsoEndpointUrl, awsSsoOidcEndpointUrl].some(
    (url) => url !== undefined,
  );
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
    field = 'region',
  }: {
    readonly before: string | undefined;
    readonly settings: Settings;
    readonly field?: string;
  },
): readonly FieldErrorInput[] {
  if (region === before || awsRegions.includes(region) || usesOwnEndpoint(settings)) return [];
  return [{ field, message: wording(region) }];
}

function wording(region: string): string {
  const [, ofZone = ''] = /^(.*\d)[a-z]$/.exec(region) ?? [];
  if (awsRegions.includes(ofZone)) {
    return `must be a region; ${region} is an availability zone of ${ofZone}`;
  }
  const near = awsRegions.filter((known) => known.startsWith(region)).slice(0, 2);
  const such = near.length === 0 ? 'eu-west-1' : near.join(' or ');
  return `must be a region of AWS, such as ${such}; ${region} is not one`;
}

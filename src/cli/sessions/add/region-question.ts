import { awsPartitionOf, awsRegions } from '../../../models/aws-region.ts';
import { parseArn } from '../../../models/arn.ts';
import { regionSchema } from '../../../models/session-fields.ts';
import { allSessions } from '../../../client/all-sessions.ts';
import type { Context } from '../../context.ts';
import { pick } from '../../terminal/picker.ts';
import { askFor, type Fields, type Question } from './question.ts';

/** AWS: the regions of the partition that the role or the integration is in, the usual one first. */
export const regionQuestion: Question = {
  field: 'region',
  async ask(context, fields) {
    const usual = await usualRegion(context, fields);
    const partition = partitionOf(fields) ?? awsPartitionOf(usual);
    const others = awsRegions.filter(
      (region) => awsPartitionOf(region) === partition && region !== usual,
    );
    const offered = awsPartitionOf(usual) === partition ? [usual, ...others] : others;
    const choices = offered.map((region) => ({ label: region, value: region }));
    return { region: await pick(context.shell, 'Which region?', choices) };
  },
};

/** Azure: locations in use, the usual one first; Stint knows no list of all of them. */
export const locationQuestion: Question = {
  field: 'region',
  async ask(context) {
    const { owner, shell } = context;
    const { defaultLocation } = await owner.request('GET', '/v1/settings');
    const { items } = await allSessions(owner, { type: 'azure' });
    const known = new Set([defaultLocation, ...items.map(({ region }) => region)]);
    const choices = [...known].map((location) => ({ label: location, value: location }));
    const other = { label: 'Another location', value: undefined };
    const picked = await pick<string | undefined>(shell, 'Which location?', [...choices, other]);
    return { region: picked ?? (await askFor(shell, 'Location', regionSchema)) };
  },
};

/** That of the parent or the integration, else the one of the settings. */
async function usualRegion({ owner }: Context, fields: Fields): Promise<string> {
  const { parentSessionId, integrationId } = fields;
  if (typeof parentSessionId === 'string') {
    const path = { id: parentSessionId };
    return (await owner.request('GET', '/v1/sessions/{id}', { path })).region;
  }
  const { defaultRegion } = await owner.request('GET', '/v1/settings');
  if (typeof integrationId !== 'string') return defaultRegion;
  const { items } = await owner.request('GET', '/v1/integrations');
  const found = items.find((one) => one.integrationId === integrationId);
  if (found?.kind !== 'awsSso') return defaultRegion;
  const isThere = awsPartitionOf(defaultRegion) === awsPartitionOf(found.region);
  return isThere ? defaultRegion : found.region;
}

function partitionOf({ roleArn }: Fields): string | undefined {
  return typeof roleArn === 'string' ? parseArn(roleArn)?.partition : undefined;
}

import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { awsPartitionOf, awsRegions, sameAwsPartition } from '../../../src/models/aws-region.ts';

interface Partitions {
  readonly partitions: readonly { readonly id: string; readonly regions: object }[];
}

/** The SDK's own data, in a file that its package does not export. */
async function ofTheSdk() {
  const main = createRequire(import.meta.url).resolve('@aws-sdk/core/client');
  const file = main.replace(
    /dist-cjs\/.*$/,
    'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
  );
  const { partitionsInfo } = (await import(file)) as { readonly partitionsInfo: Partitions };
  return partitionsInfo.partitions.flatMap(({ id, regions }) =>
    Object.keys(regions)
      .filter((region) => !region.endsWith('-global'))
      .map((region) => [region, id] as const),
  );
}

describe('regions of AWS', () => {
  it('are those that the AWS SDK knows, each in its partition', async () => {
    const expected = await ofTheSdk();
    expect(expected.length).toBeGreaterThan(40);
    expect([...awsRegions].sort()).toEqual(expected.map(([region]) => region).sort());
    expect(expected.map(([region]) => [region, awsPartitionOf(region)])).toEqual(expected);
  });

  it.each([
    ['us-gov-middle-1', 'aws-us-gov'],
    ['cn-south-9', 'aws-cn'],
    ['us-isob-south-1', 'aws-iso-b'],
    ['us-iso-south-1', 'aws-iso'],
    ['eu-middle-1', 'aws'],
  ])('that opened since are of the partition their name begins with: %s', (region, partition) => {
    expect(awsPartitionOf(region)).toBe(partition);
  });

  it('are of the same partition or not', () => {
    expect(sameAwsPartition('us-east-1', 'eu-west-1')).toBe(true);
    expect(sameAwsPartition('us-east-1', 'us-gov-west-1')).toBe(false);
  });
});

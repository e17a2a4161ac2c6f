/**
 * AWS's regions by partition: the data of the AWS SDK (`@aws-sdk/core`, partitions), written down
 * because the window and the command check a region too, without the SDK. A test compares the two.
 */
const regionsOf: Readonly<Record<string, string>> = {
  aws:
    'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ' +
    'ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ' +
    'ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 ' +
    'eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 ' +
    'me-west-1 mx-central-1 sa-east-1 sa-west-1 us-east-1 us-east-2 us-west-1 us-west-2',
  'aws-cn': 'cn-north-1 cn-northwest-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1 us-iso-west-1',
  'aws-iso-b': 'us-isob-east-1 us-isob-west-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-east-1 us-isof-south-1',
  'aws-us-gov': 'us-gov-east-1 us-gov-west-1',
};

/** How the names of regions begin where they are not of partition `aws`. */
const prefixes: Readonly<Record<string, string>> = {
  'aws-cn': 'cn-',
  'aws-eusc': 'eusc-',
  'aws-iso': 'us-iso-',
  'aws-iso-b': 'us-isob-',
  'aws-iso-e': 'eu-isoe-',
  'aws-iso-f': 'us-isof-',
  'aws-us-gov': 'us-gov-',
};

const partitions = new Map(
  Object.entries(regionsOf).flatMap(([partition, regions]) =>
    regions.split(' ').map((region) => [region, partition] as const),
  ),
);

/** Every region that is known, of all partitions. */
export const awsRegions: readonly string[] = [...partitions.keys()];

/** The partition of a region, such as `aws-cn`; by the beginning of its name where it is not known. */
export function awsPartitionOf(region: string): string {
  const named = Object.entries(prefixes).find(([, prefix]) => region.startsWith(prefix));
  return partitions.get(region) ?? named?.[0] ?? 'aws';
}

export function sameAwsPartition(region: string, other: string): boolean {
  return awsPartitionOf(region) === awsPartitionOf(other);
}

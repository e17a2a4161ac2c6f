/**
 * Partitions and ARNs. Source: AWS General Reference "Amazon Resource Names (ARNs)" and IAM User
 * Guide "IAM identifiers".
 */
export const partitions = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-eusc',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
] as const;

export type Partition = (typeof partitions)[number];

/** How the region names of the partitions other than `aws` begin. */
const regionPrefixes: readonly (readonly [string, Partition])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

/** The partition a region belongs to, or `undefined` for what isn't shaped like a region. */
export function partitionOfRegion(region: string): Partition | undefined {
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region)) return undefined;
  return regionPrefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

export interface RoleArn {
  readonly partition: string;
  readonly accountId: string;
  /** The name without its path. */
  readonly roleName: string;
}

const roleArnShape = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:[!-~]*\/)?([\w+=,.@-]{1,64})$/;

/** Reads a role's ARN, with or without a path; `undefined` if it is not one. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const [, partition, accountId, roleName] = roleArnShape.exec(arn) ?? [];
  if (partition === undefined || accountId === undefined || roleName === undefined) {
    return undefined;
  }
  return { partition, accountId, roleName };
}

/** An ARN of IAM, e.g. `arn:aws:iam::123456789012:user/team/anna`. */
export function iamArn(partition: Partition, accountId: string, resource: string): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}

/** A role session's ARN; the role's path is not part of it. */
export function assumedRoleArn(role: RoleArn, sessionName: string): string {
  return `arn:${role.partition}:sts::${role.accountId}:assumed-role/${role.roleName}/${sessionName}`;
}

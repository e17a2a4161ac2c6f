/** AWS Account Management Reference Guide, "View AWS account identifiers": twelve digits. */
export const accountIdPattern = /^\d{12}$/;

/** An Amazon Resource Name, taken apart by its colons (IAM User Guide, "Identify AWS resources with ARNs"). */
export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, `aws-iso`, …: not only those known today. */
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** What follows the fifth colon, slashes and further colons included. */
  readonly resource: string;
}

export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...rest] = text.split(':');
  const resource = rest.join(':');
  if (prefix !== 'arn' || !partition || !/^aws(-[a-z]+)*$/.test(partition)) return undefined;
  if (!service || region === undefined || accountId === undefined || !resource) return undefined;
  if (accountId !== '' && !accountIdPattern.test(accountId)) return undefined;
  return { partition, service, region, accountId, resource };
}

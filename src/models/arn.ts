import { z } from 'zod';

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
  if (accountId !== '' && !/^\d{12}$/.test(accountId)) return undefined;
  return { partition, service, region, accountId, resource };
}

function iamArn(kind: string, example: string) {
  return z
    .string()
    .trim()
    .refine(
      (text) => {
        const arn = parseArn(text);
        return (
          arn?.service === 'iam' && arn.accountId !== '' && arn.resource.startsWith(`${kind}/`)
        );
      },
      { error: `must be the ARN of an IAM ${kind}, such as ${example}` },
    );
}

export const roleArnSchema = iamArn('role', 'arn:aws:iam::123456789012:role/path/Name');
export const samlProviderArnSchema = iamArn(
  'saml-provider',
  'arn:aws:iam::123456789012:saml-provider/Name',
);

/** STS API Reference, GetSessionToken, SerialNumber: 9–256 of `[\w+=/:,.@-]`, an ARN or a device number. */
export const mfaSerialSchema = z
  .string()
  .trim()
  .regex(/^[\w+=/:,.@-]{9,256}$/, {
    error:
      'must be the ARN (arn:aws:iam::123456789012:mfa/…) or the serial number of an MFA device, 9 to 256 characters',
  });

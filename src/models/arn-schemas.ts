import * as z from 'zod';
import { parseArn } from './arn.ts';

/** STS API Reference, AssumeRole and AssumeRoleWithSAML: RoleArn, PrincipalArn. */
const longestArn = 2048;

function iamArn(kind: string, example: string) {
  return z
    .string()
    .trim()
    .max(longestArn)
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

import * as z from 'zod';

/*
 * Session policies for one program (IAM User Guide, "Policies and permissions in IAM", "Session policies"):
 * what it may do is what its session may do and one of these policies allows. Several of them add up.
 */

/** STS API Reference, AssumeRole: PolicyArns (PolicyDescriptorType). */
export const mostPolicyArns = 10;
const policyArnSchema = z
  .string()
  .trim()
  .min(20)
  .max(2048)
  .refine((text) => policyPartition(text) !== undefined, {
    error: 'must be the ARN of an IAM policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess',
  });

/** The partition of a policy's ARN; undefined for anything else. The account of AWS's own policies is `aws`. */
export function policyPartition(arn: string): string | undefined {
  return /^arn:(aws(?:-[a-z]+)*):iam::(?:aws|\d{12}):policy\/[!-~]+$/.exec(arn)?.[1];
}

/** STS API Reference, AssumeRole, Policy: 1 to 2,048 of tab, line feed, carriage return and U+0020–U+00FF. */
const sessionPolicySchema = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[\t\n\r\u0020-\u00ff]+$/, 'must contain only characters that AWS takes, up to U+00FF')
  .refine(isPolicy, { error: 'must be an IAM policy: JSON with a Statement' });

/** What one program gets less of than its session. */
export const narrowingSchema = z.strictObject({
  policyArns: z.array(policyArnSchema).max(mostPolicyArns).optional(),
  policy: sessionPolicySchema.optional(),
});
export type Narrowing = z.infer<typeof narrowingSchema>;

/** AWS's policy that allows to read everything, in a partition such as `aws-cn`. */
export function readOnlyArn(partition: string): string {
  return `arn:${partition}:iam::aws:policy/ReadOnlyAccess`;
}

/** For people, such as `limited to ReadOnlyAccess and an inline policy`. */
export function narrowingText({ policyArns = [], policy }: Narrowing): string {
  const names = policyArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  return `limited to ${[...names, ...(policy === undefined ? [] : ['an inline policy'])].join(' and ')}`;
}

function isPolicy(text: string): boolean {
  try {
    const policy: unknown = JSON.parse(text);
    return typeof policy === 'object' && policy !== null && 'Statement' in policy;
  } catch {
    return false;
  }
}

import type { SessionPolicies } from '../identity/session-policies.ts';
import type { ConstraintCheck } from './constraints.ts';
import { StsFault, validationError } from './fault.ts';
import type { Parameters } from './parameters.ts';
import { readPolicy } from './policy-document.ts';
import type { SessionTags } from './session-tags.ts';

/** The plain-text limit for inline and managed session policies together. */
const allottedCharacters = 2048;

/** Source: STS API Reference "AssumeRole" (Policy, PolicyArns) and "PolicyDescriptorType". */
export function readSessionPolicies(
  check: ConstraintCheck,
  parameters: Parameters,
): SessionPolicies {
  const inline = check.text('Policy', {
    minLength: 1,
    pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
  });
  const arns = parameters.members('PolicyArns').map((member) => member['arn'] ?? '');
  check.count('PolicyArns', arns, 10);
  for (const [index, arn] of arns.entries()) {
    check.value(`policyArns.${index + 1}.member.arn`, arn, { minLength: 20, maxLength: 2048 });
  }
  return { inline, arns };
}

/**
 * Source: STS API Reference "AssumeRole", errors MalformedPolicyDocument and PackedPolicyTooLarge, and
 * PolicyArns: "The policies must exist in the same account as the role."
 * @throws StsFault
 */
export function checkSessionPolicies(
  { inline, arns }: SessionPolicies,
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
): void {
  for (const arn of arns) {
    const [, ofPartition, owner] =
      /^arn:(aws[a-z-]*):iam::(aws|\d{12}):policy\/.+$/.exec(arn) ?? [];
    if (ofPartition !== partition || (owner !== 'aws' && owner !== accountId)) {
      throw validationError(`${arn} is invalid`);
    }
  }
  if (inline !== undefined && readPolicy(inline) === undefined) {
    throw new StsFault(
      400,
      'MalformedPolicyDocument',
      'The policy is not in the valid JSON format.',
    );
  }
  const used = [inline ?? '', ...arns].join('').length;
  if (used > allottedCharacters) {
    const percent = Math.ceil((used / allottedCharacters) * 100);
    throw new StsFault(
      400,
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    );
  }
}

/** Percent of the room that policies and tags take; omitted when there are none. */
export function packedPolicySize(
  { inline, arns }: SessionPolicies,
  { tags }: SessionTags,
): number | undefined {
  const used = [inline ?? '', ...arns, ...[...tags].flat()].join('').length;
  return used === 0 ? undefined : Math.ceil((used / allottedCharacters) * 100);
}

/** What is kept of them with the credentials: nothing where none were given. */
export function keptPolicies(policies: SessionPolicies): SessionPolicies | undefined {
  return policies.inline === undefined && policies.arns.length === 0 ? undefined : policies;
}

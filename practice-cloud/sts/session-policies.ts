import type { ConstraintCheck } from './constraints.ts';
import { StsFault } from './fault.ts';
import type { Parameters } from './parameters.ts';
import type { SessionTags } from './session-tags.ts';

/** The plain-text limit for inline and managed session policies together. */
const allottedCharacters = 2048;

export interface SessionPolicies {
  readonly inline: string | undefined;
  readonly arns: readonly string[];
}

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
 * Source: STS API Reference "AssumeRole", errors MalformedPolicyDocument and PackedPolicyTooLarge.
 * What a policy then allows or denies is not practised here.
 * @throws StsFault
 */
export function checkSessionPolicies({ inline, arns }: SessionPolicies): void {
  if (inline !== undefined && !isPolicy(inline)) {
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

function isPolicy(text: string): boolean {
  try {
    const policy = JSON.parse(text) as unknown;
    return typeof policy === 'object' && policy !== null && 'Statement' in policy;
  } catch {
    return false;
  }
}

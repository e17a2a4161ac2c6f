import type { Principal } from '../identity/principal.ts';
import type { ConstraintCheck } from './constraints.ts';
import { invalidParameterValue } from './fault.ts';
import type { Parameters } from './parameters.ts';

export interface SessionTags {
  readonly tags: ReadonlyMap<string, string>;
  readonly transitiveKeys: readonly string[];
}

const tagCharacters = '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]';

/** Source: STS API Reference "AssumeRole" (Tags, TransitiveTagKeys) and "Tag". */
export function readSessionTags(check: ConstraintCheck, parameters: Parameters): SessionTags {
  const members = parameters.members('Tags');
  check.count('Tags', members, 50);
  const tags = members.map((member, index) => {
    const [key = '', value = ''] = [member['Key'], member['Value']];
    const path = `tags.${index + 1}.member`;
    check.value(`${path}.key`, key, { minLength: 1, maxLength: 128, pattern: `${tagCharacters}+` });
    check.value(`${path}.value`, value, { maxLength: 256, pattern: `${tagCharacters}*` });
    return [key, value] as const;
  });
  const transitiveKeys = parameters
    .members('TransitiveTagKeys')
    .map((member) => member['value'] ?? '');
  check.count('TransitiveTagKeys', transitiveKeys, 50);
  return { tags: new Map(tags), transitiveKeys };
}

/**
 * Rules between tags. Source: IAM User Guide "Pass session tags in AWS STS": keys differ by more
 * than case and don't begin with `aws:`; a transitive key is among the tags; a key inherited from
 * the calling role session can't be set again.
 * @throws StsFault InvalidParameterValue
 */
export function checkSessionTags(
  given: SessionTags,
  parameters: Parameters,
  caller: Principal,
): void {
  const keys = parameters.members('Tags').map((member) => (member['Key'] ?? '').toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidParameterValue(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw invalidParameterValue('Tag keys can not start with the reserved prefix aws:.');
  }
  if (given.transitiveKeys.some((key) => !keys.includes(key.toLowerCase()))) {
    throw invalidParameterValue(
      'The specified transitive tag key must be included in the requested tags.',
    );
  }
  const inherited = caller.kind === 'roleSession' ? caller.transitiveTagKeys : [];
  if (inherited.some((key) => keys.includes(key.toLowerCase()))) {
    throw invalidParameterValue(
      "One of the specified transitive tag keys can't be set because it conflicts with a " +
        'transitive tag key from the calling session.',
    );
  }
}

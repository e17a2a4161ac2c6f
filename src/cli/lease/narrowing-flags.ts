import type { Command } from 'commander';
import { readTextFile } from '../arguments/text-file.ts';
import { CommandFailure } from '../failure.ts';
import type { NewLease } from '../owner/owner-client.ts';

export interface NarrowingFlags {
  readonly readOnly?: boolean;
  readonly policyArn: readonly string[];
  readonly policy?: string;
}

export function addNarrowingFlags(command: Command): Command {
  return command
    .option('--read-only', 'let the program read only (AWS; the policy ReadOnlyAccess)')
    .option(
      '--policy-arn <ARN>',
      'let the program do only what this IAM policy allows (AWS); repeatable, several add up',
      (arn: string, before: readonly string[]) => [...before, arn],
      [],
    )
    .option('--policy <FILE>', 'the same with a policy in a file (JSON)');
}

/** As the API takes them. Throws CommandFailure 'usage' for a file that is not JSON. */
export function narrowingOf({
  readOnly,
  policyArn,
  policy,
}: NarrowingFlags): Pick<NewLease, 'readOnly' | 'policyArns' | 'policy'> {
  return {
    ...(readOnly === true ? { readOnly } : {}),
    ...(policyArn.length === 0 ? {} : { policyArns: [...policyArn] }),
    ...(policy === undefined ? {} : { policy: compactPolicy(policy) }),
  };
}

/** Without the blanks, which would count. */
function compactPolicy(file: string): string {
  const text = readTextFile(file).replace(/^\ufeff/, '');
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new CommandFailure(
      'usage',
      `The policy in ${file} is not JSON: ${(error as Error).message}`,
      'Check it: aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://FILE',
    );
  }
}

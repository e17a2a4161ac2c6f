import { profileNameSchema } from '../../../../models/delivery.ts';
import { Problem } from '../../../../models/problem.ts';
import { toLatin1 } from './latin1.ts';

/**
 * The profile's name as a header of the credentials file has it, in latin1. That file takes names
 * verbatim, without quotes or the word "profile", spaces included (botocore `raw_config_parse`).
 * Throws Problem 'invalid-request'.
 */
export function profileInFile(profileName: string): string {
  const parsed = profileNameSchema.safeParse(profileName);
  if (!parsed.success || parsed.data !== profileName) {
    throw refused(
      profileName,
      'has brackets, control characters, or a space at its beginning or end, or is empty or too long',
    );
  }
  if (profileName === 'DEFAULT') {
    throw refused(profileName, 'would give its keys to every other profile in botocore');
  }
  if (profileName in {}) {
    throw refused(profileName, 'is not readable by the AWS SDK for JavaScript');
  }
  return toLatin1(profileName);
}

/**
 * Whether the AWS SDK for JavaScript finds the name in the credentials file: it takes `[word name]`
 * for a kind and a name, and " #" or " ;" for a comment (@smithy/core, parseIni).
 */
export function readableByJavaScript(profileName: string): boolean {
  return !/^[\w-]+\s(["'])?[\w\-@+.%:/]+\1$/.test(profileName) && !/\s[;#]/.test(profileName);
}

function refused(profileName: string, why: string): Problem {
  return new Problem('invalid-request', {
    detail: `The profile name ${JSON.stringify(profileName)} ${why}.`,
    next: 'Choose another profile name for the session.',
    errors: [{ field: 'profileName', message: why }],
  });
}

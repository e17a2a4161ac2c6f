import { blankInJavaScript } from '../../../../models/aws-file-line.ts';
import { profileNameSchema } from '../../../../models/delivery.ts';
import { Problem } from '../../../../models/problem.ts';
import type { AwsFileKind } from '../../delivery.ts';
import { toLatin1 } from './latin1.ts';
import { shellWords } from './shell-words.ts';

/**
 * How the two AWS files name profiles in their headers, in latin1. The credentials file takes names
 * verbatim, without quotes or the word "profile", spaces included (botocore `raw_config_parse`). The
 * config file has `[default]` and `[profile NAME]`, quoted as in a shell.
 */

/** The text between the brackets of a header of ours. Throws Problem 'invalid-request'. */
export function headerOf(profileName: string, kind: AwsFileKind): string {
  return headerText(profileInFile(profileName, kind), kind);
}

/** The same for a name in latin1, whatever it is. */
export function headerText(name: string, kind: AwsFileKind): string {
  if (kind === 'credentials' || name === 'default') return name;
  if (plainName.test(name)) return `profile ${name}`;
  return `profile "${name.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** The name that `profilesOf` gives for such a header. Throws Problem 'invalid-request'. */
export function profileInFile(profileName: string, kind: AwsFileKind): string {
  if (profileNameSchema.safeParse(profileName).data !== profileName) {
    throw refused(
      profileName,
      'has brackets, control characters, or a space at its beginning or end, or is empty or too long',
    );
  }
  if (profileName === 'DEFAULT' && kind === 'credentials') {
    throw refused(profileName, 'would give its keys to every other profile in botocore');
  }
  if (profileName in {}) {
    throw refused(profileName, 'is not readable by the AWS SDK for JavaScript');
  }
  return toLatin1(profileName);
}

/** The profiles that a section's names mean, as botocore and the AWS SDK for JavaScript read them. */
export function profilesOf(names: readonly string[], kind: AwsFileKind): readonly string[] {
  if (kind === 'credentials') return names;
  return [...new Set(names.flatMap((name) => [...inBotocore(name), ...inJavaScript(name)]))];
}

/** botocore `build_profile_map`: what begins with "profile" and has two words is one. */
function inBotocore(name: string): readonly string[] {
  if (name === 'default') return [name];
  const words = (name.startsWith('profile') && shellWords(name)) || [];
  return words.length === 2 ? words.slice(1) : [];
}

const profileInJavaScript = new RegExp(
  String.raw`^profile(?:${blankInJavaScript})(["'])?([\w\-@+.%:/]+)\1$`,
);

/** @smithy/core, parseIni and getProfileData. */
function inJavaScript(name: string): readonly string[] {
  const profile = profileInJavaScript.exec(name)?.[2];
  return profile === undefined ? [] : [profile];
}

const plainName = /^[\w\-@+.%:/]+$/;

/**
 * Whether the AWS SDK for JavaScript finds the name in the file. In the credentials file it takes
 * `[word name]` for a kind and a name, in both " #" and " ;" for a comment (parseIni).
 */
export function readableByJavaScript(profileName: string, kind: AwsFileKind): boolean {
  if (kind === 'config') return plainName.test(profileName);
  return !/^[\w-]+\s(["'])?[\w\-@+.%:/]+\1$/.test(profileName) && !/\s[;#]/.test(profileName);
}

function refused(profileName: string, why: string): Problem {
  return new Problem('invalid-request', {
    detail: `The profile name ${JSON.stringify(profileName)} ${why}.`,
    next: 'Choose another profile name for the session.',
    errors: [{ field: 'profileName', message: why }],
  });
}

import type { FieldErrorInput } from '../../models/problem.ts';

/**
 * What keeps programs from finding a profile of this name. Existing profiles keep theirs: they still
 * start and stop. `before`: an unchanged name is not checked.
 */
export function newProfileNameErrors(
  profileName: string | undefined,
  before: string | undefined,
): readonly FieldErrorInput[] {
  if (profileName === undefined || profileName === before) return [];
  const why = reason(profileName);
  return why === undefined ? [] : [{ field: 'profileName', message: why }];
}

function reason(name: string): string | undefined {
  // configparser gives the settings of a section of that name to every other one.
  if (name === 'DEFAULT') return 'must not be DEFAULT, whose keys botocore gives to every profile';
  // parseIni keeps sections in an object and leaves these out.
  if (name in {}) return `must not be ${name}, which the AWS SDK for JavaScript does not read`;
  const kind = /^(profile|sso-session|services)\s/.exec(name)?.[1];
  if (kind !== undefined) {
    return `must not begin with "${kind} ", which AWS tools read as a section of another kind`;
  }
  // @smithy/core, getProfileData: the names it finds in a config file.
  if (/^[\w\-@+.%:/]+$/.test(name)) return undefined;
  return 'must contain only letters of the English alphabet, digits and -_@+.%:/, which all AWS SDKs read';
}

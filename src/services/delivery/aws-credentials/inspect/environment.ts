import type { AwsFileKind, Finding } from '../../delivery.ts';
import { parseCallerEnvironment, type CallerEnvironment } from '../../shared/caller-environment.ts';

/** Keys in the environment beat a profile in botocore (unless --profile names it) and, unnamed, in JavaScript. */
const keyVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
];

/** botocore assumes a role from these before it reads the credentials file. */
const webIdentityVariables = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'];

/** Variables of the caller that make tools use something else than the session. */
export function environmentFindings(view: {
  readonly files: Readonly<Record<AwsFileKind, string>>;
  readonly profileName: string;
  readonly callerEnvironment: readonly string[];
}): readonly Finding[] {
  const { profileName } = view;
  const set = parseCallerEnvironment(view.callerEnvironment);
  return [
    ...keysInstead(set, profileName),
    ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].flatMap((name) =>
      otherProfile(set, name, profileName),
    ),
    ...otherFile(set, 'AWS_SHARED_CREDENTIALS_FILE', view.files.credentials),
    ...otherFile(set, 'AWS_CONFIG_FILE', view.files.config),
  ];
}

function keysInstead(set: CallerEnvironment, profileName: string): readonly Finding[] {
  const keys = keyVariables.filter((name) => set.has(name));
  const web = webIdentityVariables.filter((name) => set.has(name));
  const winning = [
    ...(set.has('AWS_ACCESS_KEY_ID') || set.has('AWS_SECRET_ACCESS_KEY') ? keys : []),
    ...(web.length === webIdentityVariables.length ? web : []),
  ];
  if (winning.length === 0) return [];
  return [
    {
      code: 'environment',
      message: `${list(winning)} ${winning.length === 1 ? 'is' : 'are'} set in your shell, so tools use ${winning.length === 1 ? 'it' : 'them'} instead of profile ${profileName} unless you name the profile.`,
      next: `Run "unset ${winning.join(' ')}" (PowerShell: Remove-Item Env:NAME for each), or name the profile: --profile ${quoted(profileName)}`,
    },
  ];
}

/** Without a value the profile is unknown, but it is hardly the default. */
function otherProfile(
  set: CallerEnvironment,
  name: string,
  profileName: string,
): readonly Finding[] {
  if (!set.has(name)) return [];
  const value = set.get(name);
  if (value === undefined ? profileName !== 'default' : value === profileName) return [];
  const which = value === undefined ? '' : ` to ${value}`;
  return [
    {
      code: 'environment',
      message: `${name} is set${which} in your shell, so tools use that profile instead of ${profileName}.`,
      next: `Run "export ${name}=${quoted(profileName)}", or name the profile: --profile ${quoted(profileName)}`,
    },
  ];
}

function otherFile(set: CallerEnvironment, name: string, file: string): readonly Finding[] {
  const value = set.get(name);
  if (value === undefined || value === file) return [];
  if (value === '') {
    return [
      {
        code: 'environment',
        message: `${name} is set but empty in your shell: the AWS CLI and botocore then read no file there and do not see the session.`,
        next: `Run "unset ${name}" (PowerShell: Remove-Item Env:${name}).`,
      },
    ];
  }
  return [
    {
      code: 'environment',
      message: `${name} is set to ${value} in your shell, but Stint uses ${file}. Tools in that shell do not see the session.`,
      next: `Run "export ${name}=${quoted(file)}", or start Stint's agent with the same ${name}.`,
    },
  ];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

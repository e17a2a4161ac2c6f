import type { Finding } from '../../delivery.ts';

/** Keys in the environment beat a profile in botocore (unless --profile names it) and, unnamed, in JavaScript. */
const keyVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
];

/** botocore assumes a role from these before it reads the credentials file. */
const webIdentityVariables = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'];

/**
 * Variables of the caller that lead tools away from the session. A variable comes by its name, or
 * as `NAME=value` where its value is worth telling: a profile or a path, never a secret.
 */
export function environmentFindings(view: {
  readonly credentialsFile: string;
  readonly configFile: string;
  readonly profileName: string;
  readonly callerEnvironment: readonly string[];
}): readonly Finding[] {
  const { profileName } = view;
  const set = new Map(view.callerEnvironment.map(parted));
  return [
    ...keysInstead(set, profileName),
    ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].flatMap((name) =>
      otherProfile(set, name, profileName),
    ),
    ...otherFile(set, 'AWS_SHARED_CREDENTIALS_FILE', view.credentialsFile),
    ...otherFile(set, 'AWS_CONFIG_FILE', view.configFile),
  ];
}

function parted(entry: string): readonly [name: string, value: string | undefined] {
  const at = entry.indexOf('=');
  return at < 0 ? [entry, undefined] : [entry.slice(0, at), entry.slice(at + 1)];
}

type Variables = ReadonlyMap<string, string | undefined>;

function keysInstead(set: Variables, profileName: string): readonly Finding[] {
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
      message: `${list(winning)} ${winning.length === 1 ? 'is' : 'are'} set in your shell: tools use that instead of profile ${profileName} unless the profile is named to them.`,
      next: `Run "unset ${winning.join(' ')}" (PowerShell: Remove-Item Env:NAME for each), or name the profile: --profile ${quoted(profileName)}`,
    },
  ];
}

/** Without a value it cannot be told which profile is meant, except that it is hardly the default. */
function otherProfile(set: Variables, name: string, profileName: string): readonly Finding[] {
  if (!set.has(name)) return [];
  const value = set.get(name);
  if (value === undefined ? profileName !== 'default' : value === profileName) return [];
  const which = value === undefined ? '' : ` to ${value}`;
  return [
    {
      code: 'environment',
      message: `${name} is set${which} in your shell: tools use that profile instead of ${profileName}.`,
      next: `Run "export ${name}=${quoted(profileName)}", or name the profile: --profile ${quoted(profileName)}`,
    },
  ];
}

function otherFile(set: Variables, name: string, file: string): readonly Finding[] {
  const value = set.get(name);
  if (value === undefined || value === file) return [];
  return [
    {
      code: 'environment',
      message: `${name} is set to ${value} in your shell, while Stint uses ${file}: tools there do not see the session.`,
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

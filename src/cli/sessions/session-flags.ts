import { Option, type Command } from 'commander';
import type { SessionType } from '../../models/session-fields.ts';
import { CommandFailure } from '../failure.ts';
import { parseInstant } from '../arguments/instant.ts';

/** A flag of `session add` and `session edit`: which field it sets, and how its text is read. */
interface FieldFlag {
  /** Where the value belongs in the session as the API takes it. */
  readonly path: readonly [string] | readonly [string, string];
  readonly flag: string;
  /** What stands for the value in the help; a flag without one is a yes or no. */
  readonly value?: string;
  readonly help: string;
  readonly read?: (text: string) => unknown;
  /** May be given several times. */
  readonly many?: (texts: readonly string[]) => unknown;
}

const seconds = (text: string) => {
  if (!/^\d+$/.test(text)) throw new CommandFailure('usage', `"${text}" is no number of seconds.`);
  return Number(text);
};

const count = (text: string) => {
  if (!/^\d+$/.test(text)) throw new CommandFailure('usage', `"${text}" is no whole number.`);
  return Number(text);
};

const list = (texts: readonly string[]) => texts;

const tags = (texts: readonly string[]) =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new CommandFailure('usage', `"${text}" is no tag; write it as KEY=VALUE.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );

const argv = (text: string) => {
  const parsed = json(text);
  if (Array.isArray(parsed) && parsed.every((part) => typeof part === 'string')) return parsed;
  throw new CommandFailure(
    'usage',
    'The MFA command is a JSON array of a program and its arguments.',
    `For example: --mfa-command '["/usr/bin/oathtool", "--totp", "…"]'`,
  );
};

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const everySession: readonly FieldFlag[] = [
  { path: ['sessionName'], flag: 'name', value: 'NAME', help: 'its name' },
  { path: ['region'], flag: 'region', value: 'REGION', help: 'AWS region or Azure location' },
  { path: ['labels'], flag: 'label', value: 'LABEL', help: 'may be repeated', many: list },
  {
    path: ['environment'],
    flag: 'environment',
    value: 'NAME',
    help: 'production, staging, development or your own word',
  },
  { path: ['pinned'], flag: 'pinned', help: 'keep it at hand' },
  {
    path: ['limits', 'maxSessionSeconds'],
    flag: 'max-session-seconds',
    value: 'SECONDS',
    help: 'the longest a run may last',
    read: seconds,
  },
  {
    path: ['limits', 'maxLeases'],
    flag: 'max-leases',
    value: 'COUNT',
    help: 'how many users of its credentials a run may have in all',
    read: count,
  },
  {
    path: ['limits', 'idleSeconds'],
    flag: 'idle-seconds',
    value: 'SECONDS',
    help: 'end a run that nothing used for so long',
    read: seconds,
  },
  {
    path: ['validUntil'],
    flag: 'valid-until',
    value: 'TIME',
    help: 'archive it then: 2026-12-31, 2026-12-31T18:00:00Z, or from now on: 8h, 30d',
    read: (text) => parseInstant(text, 'ahead'),
  },
  { path: ['onDemand'], flag: 'on-demand', help: 'start it when `stint credentials` asks for it' },
];

const everyAwsSession: readonly FieldFlag[] = [
  {
    path: ['profileName'],
    flag: 'profile',
    value: 'PROFILE',
    help: 'AWS profile its credentials appear under; made from the name if left out',
  },
];

const delivery: FieldFlag = {
  path: ['delivery'],
  flag: 'delivery',
  value: 'HOW',
  help: 'how its credentials reach tools',
};
const mfaSerial: FieldFlag = {
  path: ['mfaSerial'],
  flag: 'mfa-serial',
  value: 'ARN',
  help: 'ARN or serial number of the MFA device',
};
const roleArn: FieldFlag = {
  path: ['roleArn'],
  flag: 'role-arn',
  value: 'ARN',
  help: 'the role to take on',
};
const roleSeconds: FieldFlag = {
  path: ['roleSeconds'],
  flag: 'role-seconds',
  value: 'SECONDS',
  help: 'life asked for: 900 to 43200',
  read: seconds,
};
const integrationId: FieldFlag = {
  path: ['integrationId'],
  flag: 'integration-id',
  value: 'NAME',
  help: 'name or id of the integration it belongs to',
};

function text(field: string, flag: string, value: string, help: string): FieldFlag {
  return { path: [field], flag, value, help };
}

const ownFlags: Readonly<Record<SessionType, readonly FieldFlag[]>> = {
  awsIamUser: [
    mfaSerial,
    {
      path: ['mfaCommand'],
      flag: 'mfa-command',
      value: 'JSON',
      help: 'program that prints the MFA code, as a JSON array; you allow it at its first use',
      read: argv,
    },
    {
      path: ['tokenSeconds'],
      flag: 'token-seconds',
      value: 'SECONDS',
      help: 'life asked for: 900 to 129600, 43200 if left out',
      read: seconds,
    },
  ],
  awsIamRoleFederated: [
    text('idpId', 'idp-id', 'NAME', 'name or id of the identity provider'),
    text('idpArn', 'idp-arn', 'ARN', 'the SAML provider in the account'),
    roleArn,
    roleSeconds,
    {
      path: ['separateIdentity'],
      flag: 'separate-identity',
      help: 'sign in apart from other sessions of the identity provider',
    },
  ],
  awsIamRoleChained: [
    text(
      'parentSessionId',
      'parent-session-id',
      'NAME',
      'name or id of the session whose credentials it uses',
    ),
    roleArn,
    text('roleSessionName', 'role-session-name', 'NAME', 'the name CloudTrail shows'),
    text('externalId', 'external-id', 'ID', 'as the role’s trust policy asks'),
    text('sourceIdentity', 'source-identity', 'NAME', 'who is behind it'),
    { path: ['tags'], flag: 'tag', value: 'KEY=VALUE', help: 'may be repeated', many: tags },
    { path: ['policyArns'], flag: 'policy-arn', value: 'ARN', help: 'may be repeated', many: list },
    text('policy', 'policy', 'JSON', 'session policy'),
    mfaSerial,
    roleSeconds,
  ],
  awsSsoRole: [
    integrationId,
    text('accountId', 'account-id', 'ID', 'the 12 digits of the account'),
    text('accountName', 'account-name', 'NAME', 'name of the account'),
    text('roleName', 'role-name', 'NAME', 'the permission set'),
    text('email', 'email', 'ADDRESS', 'of the account'),
  ],
  azure: [
    integrationId,
    text('tenantId', 'tenant-id', 'ID', 'the tenant'),
    text('subscriptionId', 'subscription-id', 'ID', 'the subscription'),
    text('subscriptionName', 'subscription-name', 'NAME', 'name of the subscription'),
  ],
};

export function flagsOfType(type: SessionType): readonly FieldFlag[] {
  const aws = type === 'azure' ? [] : everyAwsSession;
  return [...everySession, ...aws, delivery, ...ownFlags[type]];
}

/** The flags of all types, each once. */
export function flagsOfAllTypes(): readonly FieldFlag[] {
  const all = Object.keys(ownFlags).flatMap((type) => flagsOfType(type as SessionType));
  return [...new Map(all.map((flag) => [flag.flag, flag])).values()];
}

export function addFlags(command: Command, flags: readonly FieldFlag[]): void {
  const add = (flag: FieldFlag, text: string, help?: string) => {
    const option = new Option(text, help);
    command.addOption(flag.many === undefined ? option : option.argParser(collect));
    if (flag.many === undefined) return;
    // The field's own name is taken as well.
    const plural = new Option(`--${kebabCase(fieldOf(flag))} <${flag.value ?? ''}>`).hideHelp();
    command.addOption(plural.argParser(collect));
  };
  for (const flag of flags) {
    if (flag.value === undefined) {
      add(flag, `--${flag.flag}`, flag.help);
      add(flag, `--no-${flag.flag}`);
    } else {
      add(flag, `--${flag.flag} <${flag.value}>`, flag.help);
    }
  }
}

export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** The fields that were given, as the API takes them. Throws CommandFailure 'usage'. */
export function fieldsGiven(
  flags: readonly FieldFlag[],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const flag of flags) {
    const value = flag.many === undefined ? given[camelCase(flag.flag)] : allGiven(flag, given);
    if (value !== undefined) put(fields, flag.path, valueOf(flag, value));
  }
  return fields;
}

/** Of a flag that may be repeated, under either of its names. */
function allGiven(
  flag: FieldFlag,
  given: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const texts = [given[camelCase(flag.flag)], given[fieldOf(flag)]].flatMap(
    (value) => (value as readonly string[] | undefined) ?? [],
  );
  return texts.length === 0 ? undefined : texts;
}

function fieldOf({ path: [name, member = name] }: FieldFlag): string {
  return member;
}

/** The path of the field that `--unset` names: by its flag, or by its name in the API. */
export function fieldNamed(name: string): FieldFlag['path'] {
  const wanted = name.replace(/^--/, '');
  const found = flagsOfAllTypes().find(
    ({ flag, path }) => flag === wanted || path.join('.') === wanted,
  );
  if (found !== undefined) return found.path;
  throw new CommandFailure('usage', `There is no field "${name}" to unset.`);
}

export function put(
  fields: Record<string, unknown>,
  [name, member]: FieldFlag['path'],
  value: unknown,
): void {
  if (member === undefined) fields[name] = value;
  else fields[name] = { ...(fields[name] as object | undefined), [member]: value };
}

function valueOf({ read, many }: FieldFlag, value: unknown): unknown {
  if (many !== undefined) return many(value as readonly string[]);
  return read === undefined ? value : read(value as string);
}

function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}

function kebabCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

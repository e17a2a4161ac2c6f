import { createHash } from 'node:crypto';
import type { AwsCredentials } from '../../../../models/credentials.ts';
import { Problem } from '../../../../models/problem.ts';
import type { AwsFileKind, ProfileTarget } from '../../delivery.ts';

/** The settings of our section, in their order, in latin1. The first one is nobody else's. */
export type OwnSettings = readonly (readonly [key: string, value: string])[];

export const ownKeys: Readonly<Record<AwsFileKind, ReadonlySet<string>>> = {
  credentials: new Set([
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'region',
    'x_security_token_expires',
  ]),
  config: new Set(['credential_process', 'region']),
};

/** Ours only where the section's comment says so: people add it themselves too. */
export const endpointKey = 'endpoint_url';

/** Where the calls of a profile go. */
export type CallTarget = Pick<ProfileTarget, 'region' | 'endpointUrl'>;

/** In the credentials file. Throws Problem 'invalid-request' for a value that would break out of its line. */
export function keySettings(credentials: AwsCredentials, target: CallTarget): OwnSettings {
  return [
    ['aws_access_key_id', word('aws_access_key_id', credentials.accessKeyId)],
    ['aws_secret_access_key', word('aws_secret_access_key', credentials.secretAccessKey)],
    ['aws_session_token', word('aws_session_token', credentials.sessionToken)],
    ...targetSettings(target),
    ['x_security_token_expires', word('x_security_token_expires', credentials.expiration)],
  ];
}

/** In the config file. `line`: in latin1. Throws as `keySettings` does. */
export function processSettings(line: string, target: CallTarget): OwnSettings {
  return [['credential_process', line], ...targetSettings(target)];
}

function targetSettings({ region, endpointUrl }: CallTarget): OwnSettings {
  return [
    ['region', word('region', region)],
    ...(endpointUrl === undefined ? [] : [[endpointKey, word(endpointKey, endpointUrl)] as const]),
  ];
}

function word(key: string, value: string): string {
  if (/^[\x21-\x7e]+$/.test(value) && !/^[#;]/.test(value)) return value;
  throw new Problem('invalid-request', {
    detail: `The value for ${key} contains a line break, a space or another character that an AWS file cannot hold.`,
    next: "Nothing was written. Check the session and the cloud's answer.",
  });
}

/**
 * Recognises a section of ours whose marker another program dropped, without keeping the key id.
 * `settings`: ours, or those of a section in a file of that kind.
 */
export function fingerprintOf(
  kind: AwsFileKind,
  settings: Iterable<readonly [string, string]>,
): string | undefined {
  const key = kind === 'credentials' ? 'aws_access_key_id' : 'credential_process';
  const value = new Map(settings).get(key);
  if (value === undefined) return undefined;
  return createHash('sha256').update(value).digest('base64url').slice(0, 22);
}

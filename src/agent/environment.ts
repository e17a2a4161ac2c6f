import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { settingsSchema, type Settings } from '../models/settings.ts';

export interface AgentEnvironment {
  readonly defaultSettings: Settings;
  /** STINT_HOME is set: a test or a demo, whose environment always counts. */
  readonly environmentWins: boolean;
  readonly secretsMethod: 'keychain' | 'passphrase' | undefined;
  readonly passphrase: string | undefined;
}

/** A shell's own credentials and profile must never decide what a session is. */
const neverInherited = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
];

/**
 * Takes what Stint wants of the environment and removes from it what neither the SDKs in this
 * process nor any child may see: foreign credentials and the passphrase.
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): AgentEnvironment {
  const passphrase = env['STINT_PASSPHRASE'];
  delete env['STINT_PASSPHRASE'];
  const place = (name: string, ...usual: string[]) =>
    env[name] ? resolve(env[name]) : join(env['HOME'] || userInfo().homedir, ...usual);
  const defaultSettings = settingsSchema.parse({
    awsCredentialsFile: place('AWS_SHARED_CREDENTIALS_FILE', '.aws', 'credentials'),
    awsConfigFile: place('AWS_CONFIG_FILE', '.aws', 'config'),
    ...(env['AWS_ENDPOINT_URL'] ? { awsEndpointUrl: env['AWS_ENDPOINT_URL'] } : {}),
    ...(env['AWS_ENDPOINT_URL_STS'] ? { awsStsEndpointUrl: env['AWS_ENDPOINT_URL_STS'] } : {}),
    ...(env['AWS_REGION'] ? { defaultRegion: env['AWS_REGION'] } : {}),
  });
  for (const name of neverInherited) {
    delete env[name];
  }
  return {
    defaultSettings,
    environmentWins: Boolean(env['STINT_HOME']),
    secretsMethod: secretsMethodOf(env['STINT_SECRETS']),
    passphrase: passphrase === '' ? undefined : passphrase,
  };
}

function secretsMethodOf(text: string | undefined): 'keychain' | 'passphrase' | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'keychain' || text === 'passphrase') return text;
  throw new Error(`STINT_SECRETS is "${text}"; it must be keychain or passphrase.`);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OpenedLease, ProcessCredentials, SessionView } from '../owner/owner-client.ts';
import { expandPath } from '../../models/path-variables.ts';
import { configWithOwnProfile } from './aws-config.ts';
import { pastProxies, type Environment } from './environment.ts';

export type AwsSessionView = Exclude<SessionView, { type: 'azure' }>;

const keys = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
];

/** Variables that win over the endpoint and over static keys, or break them. */
const others = [
  // botocore asks for it before AWS_PROFILE.
  'AWS_DEFAULT_PROFILE',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_ACCOUNT_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];

const tokenItself = 'AWS_CONTAINER_AUTHORIZATION_TOKEN';
const tokenInFile = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE';

const endpoint = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', tokenItself, tokenInFile];

/** Variables that only make sense on this machine. */
const ofThisMachine = ['AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SDK_LOAD_CONFIG'];

/**
 * The endpoint, and a profile that makes SDKs use it. Writes the config file of that profile into the
 * lease's folder, which is removed with the lease. The token is in a variable, which every client
 * reads, or with `inFile` in a file that Stint renews after a crash: with both, the SDK for JavaScript
 * warns at every request.
 */
export function awsEndpointEnvironment(
  env: NodeJS.ProcessEnv,
  session: AwsSessionView,
  { url, token, tokenFile }: OpenedLease,
  { inFile }: { readonly inFile: boolean },
): Environment {
  const [tokenVariable, otherVariable] = inFile
    ? ([tokenInFile, tokenItself] as const)
    : ([tokenItself, tokenInFile] as const);
  const { profile, config } = configWithOwnProfile({
    sessionName: session.sessionName,
    region: session.region,
    config: usersConfig(env, dirname(dirname(tokenFile))),
    credentials: read(awsFile(env, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials')) ?? '',
  });
  const configFile = join(dirname(tokenFile), 'config');
  writeFileSync(configFile, config, { encoding: 'latin1', mode: 0o600 });
  return {
    set: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      [tokenVariable]: inFile ? tokenFile : token,
      ...regionOf(session),
      AWS_PROFILE: profile,
      AWS_CONFIG_FILE: configFile,
      // Older SDKs look into the config file only then.
      AWS_SDK_LOAD_CONFIG: '1',
      ...pastProxies(env),
    },
    unset: [...keys, ...others, otherVariable],
  };
}

/** For another machine, such as a container: without the files of this one. */
export function elsewhere({ set, unset }: Environment): Environment {
  const here = Object.entries(set).filter(([name]) => !ofThisMachine.includes(name));
  return { set: Object.fromEntries(here), unset };
}

/** The keys themselves, which work until they expire, even after the session has stopped. */
export function awsStaticEnvironment(
  env: NodeJS.ProcessEnv,
  session: AwsSessionView,
  credentials: ProcessCredentials,
  leasesFolder: string,
): Environment {
  const ownConfig = isOfLease(env, leasesFolder) ? ['AWS_CONFIG_FILE'] : [];
  return {
    set: {
      AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: credentials.SessionToken,
      AWS_CREDENTIAL_EXPIRATION: credentials.Expiration,
      ...regionOf(session),
    },
    // The SDK for JavaScript prefers a profile to keys.
    unset: [...endpoint, ...others, 'AWS_PROFILE', ...ownConfig],
  };
}

function regionOf({ region }: AwsSessionView) {
  return { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

function isOfLease(env: NodeJS.ProcessEnv, leasesFolder: string): boolean {
  return env['AWS_CONFIG_FILE']?.startsWith(join(leasesFolder, '/')) === true;
}

function awsFile(env: NodeJS.ProcessEnv, variable: string, usual: string): string {
  const home = env['HOME'] || homedir();
  const named = env[variable];
  return named ? expandPath(named, env, home) : join(home, '.aws', usual);
}

/** A shell may still name the file of a lease that has ended: then read the usual one. */
function usersConfig(env: NodeJS.ProcessEnv, leasesFolder: string): string {
  const named = read(awsFile(env, 'AWS_CONFIG_FILE', 'config'));
  if (named !== undefined || !isOfLease(env, leasesFolder)) return named ?? '';
  return read(awsFile({ HOME: env['HOME'] }, 'AWS_CONFIG_FILE', 'config')) ?? '';
}

/** Bytes as latin1, which loses nothing. SDKs cannot read an unreadable file either. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

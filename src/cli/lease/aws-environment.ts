import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OpenedLease, ProcessCredentials, SessionView } from '../owner/owner-client.ts';
import { expandPath } from '../../models/path-variables.ts';
import { endpointUrlOf } from '../../models/session-fields.ts';
import { configWithOwnProfile } from './aws-config.ts';
import { credentialProcess } from './credential-process.ts';
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
  return {
    set: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      [tokenVariable]: inFile ? tokenFile : token,
      ...ownProfile(env, session, tokenFile),
      ...ownEndpoint(session),
      ...pastProxies(env),
    },
    unset: [...keys, ...others, otherVariable, ...otherEndpoint(env, session)],
  };
}

/**
 * A profile that gets its credentials from a program, which asks for those of the lease: for tools that
 * want something in the profile and do not look at the endpoint.
 */
export function awsProcessEnvironment(
  env: NodeJS.ProcessEnv,
  session: AwsSessionView,
  { lease, tokenFile }: OpenedLease,
): Environment {
  return {
    set: {
      ...ownProfile(env, session, tokenFile, credentialProcess(['--lease', lease.leaseId])),
      ...ownEndpoint(session),
    },
    unset: [...keys, ...others, ...endpoint, ...otherEndpoint(env, session)],
  };
}

/** Writes the config file of the profile into the lease's folder. */
function ownProfile(
  env: NodeJS.ProcessEnv,
  session: AwsSessionView,
  tokenFile: string,
  process?: string,
): Readonly<Record<string, string>> {
  const { profile, config } = configWithOwnProfile({
    sessionName: session.sessionName,
    region: inEffect(session).region,
    hasEndpoint: inEffect(session).endpointUrl !== undefined,
    config: usersConfig(env, dirname(dirname(tokenFile))),
    credentialProcess: process,
    credentials: read(awsFile(env, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials')) ?? '',
  });
  const configFile = join(dirname(tokenFile), 'config');
  writeFileSync(configFile, config, { encoding: 'latin1', mode: 0o600 });
  return {
    ...regionOf(session),
    AWS_PROFILE: profile,
    AWS_CONFIG_FILE: configFile,
    // Older SDKs look into the config file only then.
    AWS_SDK_LOAD_CONFIG: '1',
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
      ...ownEndpoint(session),
    },
    // The SDK for JavaScript prefers a profile to keys.
    unset: [...endpoint, ...others, 'AWS_PROFILE', ...ownConfig, ...otherEndpoint(env, session)],
  };
}

/** What the run works with: edits count from the next start, which takes them as they are. */
function inEffect(session: AwsSessionView) {
  const { region, endpointUrl } = session.run ?? {};
  return region === undefined
    ? { region: session.region, endpointUrl: endpointUrlOf(session) }
    : { region, endpointUrl };
}

function regionOf(session: AwsSessionView) {
  const { region } = inEffect(session);
  return { AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

const endpointOfSession = 'STINT_AWS_ENDPOINT_URL';

/**
 * A variable beats what the profile says (AWS SDKs and Tools Reference Guide, "Service-specific
 * endpoints"). The second one tells that the first is of a session, and not the user's.
 */
function ownEndpoint(session: AwsSessionView): Readonly<Record<string, string>> {
  const { endpointUrl } = inEffect(session);
  if (endpointUrl === undefined) return {};
  return { AWS_ENDPOINT_URL: endpointUrl, [endpointOfSession]: endpointUrl };
}

/**
 * What would lead elsewhere: the endpoint of the session of an outer `stint exec`, and beside an endpoint
 * the variants that SDKs refuse there.
 */
function otherEndpoint(env: NodeJS.ProcessEnv, session: AwsSessionView): readonly string[] {
  if (inEffect(session).endpointUrl !== undefined) {
    return [
      'AWS_USE_FIPS_ENDPOINT',
      'AWS_USE_DUALSTACK_ENDPOINT',
      'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    ];
  }
  const outer = env[endpointOfSession];
  if (outer === undefined) return [];
  return env['AWS_ENDPOINT_URL'] === outer
    ? ['AWS_ENDPOINT_URL', endpointOfSession]
    : [endpointOfSession];
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

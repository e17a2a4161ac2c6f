import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { allocator } from '../models/allocator.ts';
import { expandPath, pathVariables } from '../models/path-variables.ts';
import { serviceFileOf } from '../models/service-file.ts';
import { settingsSchema, type Settings } from '../models/settings.ts';
import { proxyUrlSchema } from '../models/url.ts';
import { logLevels, type LogLevel } from '../services/log/log.ts';
import type { Proxies } from '../services/network/route.ts';
import { readSettingVariables } from './setting-variables.ts';

export interface AgentEnvironment {
  readonly defaultSettings: Settings;
  /** Including their passwords, which the settings never hold. */
  readonly proxies: Proxies;
  /** STINT_HOME is set: a test or a demo, where the environment wins over the workspace. */
  readonly environmentWins: boolean;
  /** Whether the environment says that a browser can be shown on this machine. */
  readonly hasScreen: boolean;
  readonly secretsMethod: 'keychain' | 'passphrase' | undefined;
  /** `STINT_LOG_LEVEL`. */
  readonly logLevel: LogLevel | undefined;
  readonly passphrase: string | undefined;
  /** What runs the agent at login, whether it is there or not; undefined where there is no such way. */
  readonly serviceFile: string | undefined;
  /** A sentence for each variable that is set but not usable. */
  readonly warnings: readonly string[];
}

/** A session never depends on the credentials or the profile of the shell that started the owner. */
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
  // What they mean is a setting; the SDKs would follow the variable where the setting was changed.
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_IAM',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'AWS_ENDPOINT_URL_SIGNIN',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_TENANT_ID',
  'AZURE_USERNAME',
  'AZURE_PASSWORD',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_TOKEN_CREDENTIALS',
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'MSI_ENDPOINT',
  'MSI_SECRET',
  // Read when the agent started, and for it alone.
  ...Object.keys(allocator),
];

/**
 * Reads Stint's configuration from the environment, makes its paths absolute (from this process's
 * folder), and removes what neither the SDKs in this process nor a child process may see: the
 * shell's credentials and the passphrase. Throws Error for an unknown STINT_SECRETS or
 * STINT_LOG_LEVEL.
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): AgentEnvironment {
  for (const name of pathVariables) {
    const path = env[name];
    if (path) env[name] = resolve(expandPath(path, env, env['HOME'] || userInfo().homedir));
  }
  const passphrase = env['STINT_PASSPHRASE'];
  delete env['STINT_PASSPHRASE'];
  const pathOf = (name: string, ...usual: string[]) =>
    env[name] || join(env['HOME'] || userInfo().homedir, ...usual);
  const proxies = {
    http: proxyAddress(env['http_proxy'] || env['HTTP_PROXY']),
    https: proxyAddress(env['https_proxy'] || env['HTTPS_PROXY']),
  };
  const { usable, warnings } = readSettingVariables(
    {
      awsEndpointUrl: ['AWS_ENDPOINT_URL'],
      awsStsEndpointUrl: ['AWS_ENDPOINT_URL_STS'],
      awsIamEndpointUrl: ['AWS_ENDPOINT_URL_IAM'],
      awsSsoEndpointUrl: ['AWS_ENDPOINT_URL_SSO'],
      awsSsoOidcEndpointUrl: ['AWS_ENDPOINT_URL_SSO_OIDC'],
      awsSigninEndpointUrl: ['AWS_ENDPOINT_URL_SIGNIN'],
      awsUseFipsEndpoint: ['AWS_USE_FIPS_ENDPOINT'],
      awsUseDualstackEndpoint: ['AWS_USE_DUALSTACK_ENDPOINT'],
      noProxy: ['no_proxy', 'NO_PROXY'],
      azureAuthorityHost: ['AZURE_AUTHORITY_HOST'],
      azureResourceManagerUrl: ['AZURE_RESOURCE_MANAGER_URL'],
      caBundle: ['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE'],
      ...(env['AWS_CA_BUNDLE'] ? { azureCaBundle: ['REQUESTS_CA_BUNDLE'] } : {}),
      // As the AWS CLI reads them: AWS_REGION wins.
      defaultRegion: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
      defaultLocation: ['AZURE_DEFAULTS_LOCATION'],
    },
    env,
  );
  const defaultSettings = settingsSchema.parse({
    awsCredentialsFile: pathOf('AWS_SHARED_CREDENTIALS_FILE', '.aws', 'credentials'),
    awsConfigFile: pathOf('AWS_CONFIG_FILE', '.aws', 'config'),
    azureConfigDir: pathOf('AZURE_CONFIG_DIR', '.azure'),
    ...(proxyUrlSchema.safeParse(proxies.http).success ? { httpProxy: proxies.http } : {}),
    ...(proxyUrlSchema.safeParse(proxies.https).success ? { httpsProxy: proxies.https } : {}),
    ...usable,
  });
  for (const name of neverInherited) {
    delete env[name];
  }
  return {
    defaultSettings,
    proxies,
    environmentWins: Boolean(env['STINT_HOME']),
    hasScreen: process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']),
    secretsMethod: secretsMethodOf(env['STINT_SECRETS']),
    logLevel: logLevelOf(env['STINT_LOG_LEVEL']),
    passphrase: passphrase === '' ? undefined : passphrase,
    serviceFile: serviceFileOf(process.platform, {
      home: env['HOME'] || userInfo().homedir,
      configHome: env['XDG_CONFIG_HOME'],
    }),
    warnings: [...warnings, ...proxyWarnings(env)],
  };
}

/** The lower-case variable wins, as curl and requests read them. */
const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'];

/** A sentence for each proxy that cannot be used. Never with its value, which may hold a password. */
function proxyWarnings(env: NodeJS.ProcessEnv): readonly string[] {
  return proxyVariables
    .filter((name) => env[name]?.trim() && proxyAddress(env[name]) === undefined)
    .map((name) =>
      /^\s*socks/i.test(env[name] ?? '')
        ? `${name} names a SOCKS proxy, which Stint does not support. Stint ignores it.`
        : `${name} is set to a value that Stint cannot use. Stint ignores it.`,
    );
}

/** A proxy often comes without `http://`. Proxies of other kinds (SOCKS) are ignored. */
function proxyAddress(variable: string | undefined): string | undefined {
  const text = variable?.trim();
  if (!text) return undefined;
  const address = /^[a-z\d+.-]+:\/\//i.test(text) ? text : `http://${text}`;
  return /^https?:/i.test(address) && URL.canParse(address) ? address : undefined;
}

function secretsMethodOf(text: string | undefined): 'keychain' | 'passphrase' | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'keychain' || text === 'passphrase') return text;
  throw new Error(`STINT_SECRETS is "${text}"; it must be keychain or passphrase.`);
}

function logLevelOf(text: string | undefined): LogLevel | undefined {
  if (text === undefined || text === '') return undefined;
  const level = logLevels.find((known) => known === text);
  if (level !== undefined) return level;
  throw new Error(`STINT_LOG_LEVEL is "${text}"; it must be one of ${logLevels.join(', ')}.`);
}

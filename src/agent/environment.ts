import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { settingsSchema, type Settings } from '../models/settings.ts';
import type { Proxies } from '../services/network/request-handler.ts';

export interface AgentEnvironment {
  readonly defaultSettings: Settings;
  /** With their passwords, which the settings never hold. */
  readonly proxies: Proxies;
  /** STINT_HOME is set: a test or a demo, whose environment always counts. */
  readonly environmentWins: boolean;
  /** Whether a browser can be shown on this machine, as far as its environment tells. */
  readonly hasScreen: boolean;
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
  const proxies = {
    http: proxyAddress(env['HTTP_PROXY'] || env['http_proxy']),
    https: proxyAddress(env['HTTPS_PROXY'] || env['https_proxy']),
  };
  const defaultSettings = settingsSchema.parse({
    awsCredentialsFile: place('AWS_SHARED_CREDENTIALS_FILE', '.aws', 'credentials'),
    awsConfigFile: place('AWS_CONFIG_FILE', '.aws', 'config'),
    azureConfigDir: place('AZURE_CONFIG_DIR', '.azure'),
    ...given({
      awsEndpointUrl: env['AWS_ENDPOINT_URL'],
      awsStsEndpointUrl: env['AWS_ENDPOINT_URL_STS'],
      awsSsoEndpointUrl: env['AWS_ENDPOINT_URL_SSO'],
      awsSsoOidcEndpointUrl: env['AWS_ENDPOINT_URL_SSO_OIDC'],
      httpProxy: withoutPassword(proxies.http),
      httpsProxy: withoutPassword(proxies.https),
      noProxy: env['NO_PROXY'] ?? env['no_proxy'],
      azureAuthorityHost: env['AZURE_AUTHORITY_HOST'],
      azureResourceManagerUrl: env['AZURE_RESOURCE_MANAGER_URL'],
      caBundle: env['AWS_CA_BUNDLE'] || env['REQUESTS_CA_BUNDLE'],
      defaultRegion: env['AWS_REGION'],
      defaultLocation: env['AZURE_DEFAULTS_LOCATION'],
    }),
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
    passphrase: passphrase === '' ? undefined : passphrase,
  };
}

/** Proxies are often given without `http://`; of other kinds none is understood. */
function proxyAddress(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const address = /^[a-z\d+.-]+:\/\//i.test(text) ? text : `http://${text}`;
  return /^https?:/i.test(address) && URL.canParse(address) ? address : undefined;
}

function withoutPassword(address: string | undefined): string | undefined {
  const { username, password } = new URL(address ?? 'http://none');
  return username || password ? undefined : address;
}

/** Those that are set, and not to nothing. */
function given(variables: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}

function secretsMethodOf(text: string | undefined): 'keychain' | 'passphrase' | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'keychain' || text === 'passphrase') return text;
  throw new Error(`STINT_SECRETS is "${text}"; it must be keychain or passphrase.`);
}

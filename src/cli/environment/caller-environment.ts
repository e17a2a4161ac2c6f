import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';

/** Sent with their values, which are not secret: a profile, a cloud or a region. */
const plainVariables = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AZURE_CLOUD_NAME',
  'AZURE_CORE_ENCRYPT_TOKEN_CACHE',
];
/** Sent without a name and password. */
const endpointVariable = /^AWS_ENDPOINT_URL(_STS|_SSO|_SSO_OIDC)?$/;

const awsFileVariables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'];
const fileVariables = [...awsFileVariables, 'AZURE_CONFIG_DIR'];

/** The longest entry the API accepts, in characters. */
const longest = 256;

/**
 * The variables of this shell that can make tools use something other than a session: only their
 * names, except where the value decides.
 */
export function callerEnvironment(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!/^(AWS|AZURE)_[A-Z0-9_]+$/.test(name) || value === undefined) return [];
    if (value === '') return awsFileVariables.includes(name) ? [`${name}=`] : [];
    const entry = plainVariables.includes(name)
      ? `${name}=${value}`
      : fileVariables.includes(name)
        ? `${name}=${resolve(expandPath(value, env, env['HOME'] || homedir()))}`
        : endpointVariable.test(name)
          ? endpointEntry(name, value)
          : name;
    return [entry.length > longest ? name : entry];
  });
}

function endpointEntry(name: string, value: string): string {
  const url = URL.parse(value.trim());
  if (url === null) return name;
  url.username = '';
  url.password = '';
  return `${name}=${url.href}`;
}

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import type { Settings } from '../../models/settings.ts';
import { hint, ok, problem, type Finding } from './finding.ts';

const keyVariables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Where this shell and the agent differ. Reads no values of secrets. */
export function checkShellEnvironment(
  env: NodeJS.ProcessEnv,
  settings: Settings,
): readonly Finding[] {
  const findings = [
    ...keys(env),
    ...file(env, 'AWS_SHARED_CREDENTIALS_FILE', 'awsCredentialsFile', settings.awsCredentialsFile),
    ...file(env, 'AWS_CONFIG_FILE', 'awsConfigFile', settings.awsConfigFile),
    ...region(env, settings),
    ...endpoint(env, 'AWS_ENDPOINT_URL', 'awsEndpointUrl', settings.awsEndpointUrl),
    ...endpoint(env, 'AWS_ENDPOINT_URL_STS', 'awsStsEndpointUrl', settings.awsStsEndpointUrl),
    ...endpoint(env, 'AWS_ENDPOINT_URL_SSO', 'awsSsoEndpointUrl', settings.awsSsoEndpointUrl),
    ...endpoint(
      env,
      'AWS_ENDPOINT_URL_SSO_OIDC',
      'awsSsoOidcEndpointUrl',
      settings.awsSsoOidcEndpointUrl,
    ),
    ...variant(env, 'AWS_USE_FIPS_ENDPOINT', 'awsUseFipsEndpoint', settings),
    ...variant(env, 'AWS_USE_DUALSTACK_ENDPOINT', 'awsUseDualstackEndpoint', settings),
    ...endpoint(env, 'AWS_CA_BUNDLE', 'caBundle', settings.caBundle),
  ];
  return findings.length === 0
    ? [ok('This shell and the agent use the same files and endpoints')]
    : findings;
}

function keys(env: NodeJS.ProcessEnv): readonly Finding[] {
  const set = keyVariables.filter((name) => env[name]);
  if (set.length === 0) return [];
  return [
    problem(
      `This shell sets ${set.join(', ')}: the AWS CLI and SDKs use these instead of a session.`,
      `Remove them here: unset ${set.join(' ')}`,
    ),
  ];
}

const usualFile = { awsCredentialsFile: 'credentials', awsConfigFile: 'config' } as const;

function file(
  env: NodeJS.ProcessEnv,
  variable: string,
  setting: keyof typeof usualFile,
  ofAgent: string,
): readonly Finding[] {
  const home = env['HOME'] || homedir();
  const usual = join(home, '.aws', usualFile[setting]);
  const here = env[variable] ? resolve(expandPath(env[variable], env, home)) : usual;
  if (here === ofAgent) return [];
  return [
    problem(
      `Tools in this shell read ${here}, but the agent writes ${ofAgent}.`,
      `Set ${variable} to the agent's file here, or: stint settings set ${setting} ${here}`,
    ),
  ];
}

/** SDKs prefer AWS_REGION. Both win over the region of a profile, and so of a session. */
function region(env: NodeJS.ProcessEnv, { defaultRegion }: Settings): readonly Finding[] {
  const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => env[name]);
  const here = variable === undefined ? undefined : env[variable];
  if (variable === undefined || here === undefined || here === defaultRegion) return [];
  return [
    hint(
      `${variable} is ${here} in this shell, but Stint's default region is ${defaultRegion}. Tools here use ${here}.`,
      `Unset it, or: stint settings set default-region ${here}`,
    ),
  ];
}

/** Not set is the same as false. */
function variant(
  env: NodeJS.ProcessEnv,
  variable: string,
  setting: 'awsUseFipsEndpoint' | 'awsUseDualstackEndpoint',
  settings: Settings,
): readonly Finding[] {
  const here = env[variable]?.toLowerCase() === 'true' ? 'true' : undefined;
  return endpoint({ [variable]: here }, variable, setting, settings[setting] ? 'true' : undefined);
}

function endpoint(
  env: NodeJS.ProcessEnv,
  variable: string,
  setting: string,
  ofAgent: string | undefined,
): readonly Finding[] {
  const here = env[variable] || undefined;
  if (here === ofAgent) return [];
  return [
    hint(
      `${variable} is ${here ?? 'not set'} in this shell, but the agent uses ${ofAgent ?? 'none'}.`,
      here === undefined
        ? `If the agent is wrong: stint settings unset ${setting}`
        : `If this shell is right: stint settings set ${setting} ${here}`,
    ),
  ];
}

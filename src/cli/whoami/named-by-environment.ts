import { join } from 'node:path';

/*
 * What the environment of a shell says about the session that its tools use. Nothing is asked here.
 */

/** How a shell got a session. `variable`: the one that says so, for the person. */
export type Source =
  | {
      readonly by: 'lease-token';
      readonly port: number;
      readonly token: string;
      readonly variable: string;
    }
  | { readonly by: 'lease'; readonly leaseId: string; readonly variable: string }
  | { readonly by: 'session'; readonly sessionId: string; readonly variable: string }
  | {
      readonly by: 'keys';
      readonly accessKeyId: string;
      /** When they expire, as the environment says. */
      readonly expiration: string | undefined;
      readonly variable: string;
    }
  | {
      readonly by: 'profile';
      readonly profile: string;
      /** Nobody chose it: tools use it where nothing else is named. */
      readonly isDefault: boolean;
      readonly variable: string;
    };

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const address =
  /^http:\/\/127\.0\.0\.1:(\d{1,5})\/(?:credentials|azure)\/[\da-f-]{36}(?:\/token)?$/;

/**
 * The one thing that AWS tools of this shell use, in the order of the AWS SDKs and Tools Reference
 * Guide, "Credential provider chain". `home`: Stint's folder; `readFile`: undefined for a file that
 * cannot be read.
 */
export function awsSource(
  env: NodeJS.ProcessEnv,
  home: string,
  readFile: (path: string) => string | undefined,
): Source {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  if (accessKeyId && env['AWS_SECRET_ACCESS_KEY']) {
    const expiration = env['AWS_CREDENTIAL_EXPIRATION'];
    return { by: 'keys', accessKeyId, expiration, variable: 'AWS_ACCESS_KEY_ID' };
  }
  const profileVariable = env['AWS_PROFILE'] ? 'AWS_PROFILE' : 'AWS_DEFAULT_PROFILE';
  const profile = env[profileVariable];
  // The profile of a lease leads to its credentials; any other one has its own.
  if (!profile || profile.startsWith('stint-')) {
    const lease = awsLease(env, home, readFile);
    if (lease !== undefined) return lease;
  }
  return profile
    ? { by: 'profile', profile, isDefault: false, variable: profileVariable }
    : { by: 'profile', profile: 'default', isDefault: true, variable: 'the profile "default"' };
}

function awsLease(
  env: NodeJS.ProcessEnv,
  home: string,
  readFile: (path: string) => string | undefined,
): Source | undefined {
  const file = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  const token = env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] || (file && readFile(file)?.trim());
  const variable = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
  const endpoint = atEndpoint(env[variable], token, variable);
  if (endpoint !== undefined) return endpoint;
  const leaseId = nameIn(join(home, 'leases'), env['AWS_CONFIG_FILE'], 'config');
  return leaseId === undefined ? undefined : { by: 'lease', leaseId, variable: 'AWS_CONFIG_FILE' };
}

/** The one thing that Azure tools of this shell use; undefined where it is nothing of Stint. */
export function azureSource(env: NodeJS.ProcessEnv, home: string): Source | undefined {
  const variable = 'IDENTITY_ENDPOINT';
  const endpoint = atEndpoint(env[variable], env['IDENTITY_HEADER'], variable);
  if (endpoint !== undefined) return endpoint;
  const sessionId = nameIn(join(home, 'azure'), env['AZURE_CONFIG_DIR']);
  return sessionId === undefined
    ? undefined
    : { by: 'session', sessionId, variable: 'AZURE_CONFIG_DIR' };
}

/** What is not a token is never sent anywhere. */
function atEndpoint(
  url: string | undefined,
  token: string | undefined,
  variable: string,
): Source | undefined {
  const [, port] = address.exec(url ?? '') ?? [];
  if (port === undefined || !token || !/^[\w-]+$/.test(token)) return undefined;
  return { by: 'lease-token', port: Number(port), token, variable };
}

/** The folder directly in `folder` that `path` is, or whose `file` it is: an id. */
function nameIn(folder: string, path: string | undefined, file = ''): string | undefined {
  const start = join(folder, '/');
  if (!path?.startsWith(start)) return undefined;
  const name = path.slice(start.length, start.length + 36);
  const isIt = path === join(folder, name, file) || path === join(folder, name);
  return isIt && uuid.test(name) ? name : undefined;
}

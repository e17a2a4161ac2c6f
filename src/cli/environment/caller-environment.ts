import { resolve } from 'node:path';

/** Told with their value, which is no secret: which profile or cloud, and which files. */
const plainVariables = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AZURE_CLOUD_NAME',
  'AZURE_CORE_ENCRYPT_TOKEN_CACHE',
];
const fileVariables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AZURE_CONFIG_DIR'];

/** Longest entry the API takes. */
const longest = 256;

/**
 * The variables set where tools will be called that can lead them past a session: names only,
 * except for those whose value decides.
 */
export function callerEnvironment(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!/^(AWS|AZURE)_[A-Z0-9_]+$/.test(name) || !value) return [];
    const entry = plainVariables.includes(name)
      ? `${name}=${value}`
      : fileVariables.includes(name)
        ? `${name}=${resolve(value)}`
        : name;
    return [entry.length > longest ? name : entry];
  });
}

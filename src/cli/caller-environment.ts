import { resolve } from 'node:path';

/** Told with their value, which is no secret: which profile, and which files. */
const profileVariables = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'];
const fileVariables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'];

/** Longest entry the API takes. */
const longest = 256;

/**
 * The variables set where tools will be called that can lead them past a session: names only,
 * except for those that name a profile or a file.
 */
export function callerEnvironment(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!/^(AWS|AZURE)_[A-Z0-9_]+$/.test(name) || !value) return [];
    const entry = profileVariables.includes(name)
      ? `${name}=${value}`
      : fileVariables.includes(name)
        ? `${name}=${resolve(value)}`
        : name;
    return [entry.length > longest ? name : entry];
  });
}

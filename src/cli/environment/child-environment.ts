/** Meant for the command alone. */
const secretVariables = [
  'STINT_PASSPHRASE',
  'STINT_ACCESS_KEY_ID',
  'STINT_SECRET_ACCESS_KEY',
  'STINT_CLIENT_SECRET',
];

/** A copy of the command's environment for a program that it starts: without Stint's secrets. */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = { ...env };
  forgetSecrets(own);
  return own;
}

/** Removes Stint's secrets from `env` itself. */
export function forgetSecrets(env: NodeJS.ProcessEnv): void {
  for (const name of secretVariables) delete env[name];
}

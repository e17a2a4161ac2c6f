/** Meant for the command alone. */
const secretVariables = [
  'STINT_PASSPHRASE',
  'STINT_ACCESS_KEY_ID',
  'STINT_SECRET_ACCESS_KEY',
  'STINT_CLIENT_SECRET',
];

type Environment = Record<string, string | undefined>;

/** A copy of the environment of a process for a program that it starts: without Stint's secrets. */
export function childEnvironment(env: Readonly<Environment>): Environment {
  const own = { ...env };
  forgetSecrets(own);
  return own;
}

/** Removes Stint's secrets from `env` itself. */
export function forgetSecrets(env: Environment): void {
  for (const name of secretVariables) delete env[name];
}

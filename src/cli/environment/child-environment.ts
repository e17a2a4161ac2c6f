/** Given to the command only. */
const secretVariables = ['STINT_PASSPHRASE', 'STINT_ACCESS_KEY_ID', 'STINT_SECRET_ACCESS_KEY'];

/** What a program started by the command gets of its environment: no secret of Stint. */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = { ...env };
  for (const name of secretVariables) delete own[name];
  return own;
}

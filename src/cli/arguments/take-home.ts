/**
 * `stint credentials NAME --home DIR`: a program that reads an AWS profile may run without the
 * variable STINT_HOME of the shell that started the session. Also `--home=DIR`, as commander takes it.
 */
export function takeHome(
  env: NodeJS.ProcessEnv,
  given: readonly string[],
): { readonly env: NodeJS.ProcessEnv; readonly argv: readonly string[] } {
  const at = given.findIndex((word) => word === '--home' || word.startsWith('--home='));
  const isOther = given.find((word) => word !== '--verbose') !== 'credentials';
  if (at < 0 || isOther) return { env, argv: given };
  const [, inWord] = given[at]?.split(/=(.*)/s) ?? [];
  const home = inWord ?? given[at + 1];
  if (!home) return { env, argv: given };
  return {
    env: { ...env, STINT_HOME: home },
    argv: given.toSpliced(at, inWord === undefined ? 2 : 1),
  };
}

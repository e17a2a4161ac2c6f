import { printable } from '../../models/printable.ts';
import { ownerLocation } from '../../client/node/owner-location.ts';
import { getAtOnce } from '../owner/socket-get.ts';
import { bashReplacement, readBashLine } from './bash-line.ts';
import type { Completions } from './command-tree.ts';
import { beginning, wanted, type Candidate, type Wanted } from './completions.ts';
import { liveNames, type Get } from './live-names.ts';

/** Written in by the build: see read-commands.ts. */
declare const STINT_COMPLETIONS: Completions;

/**
 * What `stint __complete SHELL …` prints, which the scripts in scripts.ts ask. For bash the line up to the
 * cursor; for other shells the words before the current one, and that one last. Nothing where something is
 * wrong: a shell shows no errors while somebody types.
 */
export async function completeAtOnce(
  env: NodeJS.ProcessEnv,
  [shellName, ...words]: readonly string[],
): Promise<string> {
  const lines = await linesFor(env, shellName, words).catch(() => []);
  return lines.map((line) => `${line}\n`).join('');
}

async function linesFor(
  env: NodeJS.ProcessEnv,
  shellName: string | undefined,
  words: readonly string[],
): Promise<readonly string[]> {
  const { program } = STINT_COMPLETIONS;
  if (shellName === 'bash') {
    const line = readBashLine(words[0] ?? '');
    const found = wanted(program, line.before.slice(1), line.current);
    if (found.kind === 'files') return [':files'];
    const fitting = beginning(await candidatesOf(env, found), line.current);
    return fitting.map(({ value }) => bashReplacement(line, value));
  }
  const current = (words.at(-1) ?? '').replace(shellName === 'powershell' ? /^-- / : /^$/, '');
  const found = wanted(program, words.slice(0, -1), current);
  if (found.kind === 'files') return [':files'];
  const candidates = await candidatesOf(env, found);
  // zsh and fish choose themselves what fits.
  const fitting = shellName === 'powershell' ? beginning(candidates, current) : candidates;
  return fitting.map(({ value, description = '' }) =>
    description === '' ? value : `${value}\t${description.replaceAll(/\s+/g, ' ')}`,
  );
}

/** Asks the owner that runs; nothing where none does, or it does not answer at once. */
function runningOwner(env: NodeJS.ProcessEnv): Get {
  const location = ownerLocation(env);
  return async (path) => {
    const token = location.token();
    return token === undefined ? undefined : await getAtOnce(location.socket(), path, token);
  };
}

async function candidatesOf(
  env: NodeJS.ProcessEnv,
  found: Exclude<Wanted, { kind: 'files' }>,
): Promise<readonly Candidate[]> {
  const candidates =
    found.kind === 'fixed'
      ? found.candidates
      : (await liveNames(runningOwner(env), found.live, STINT_COMPLETIONS.names)).map((one) => ({
          ...one,
          value: (found.prefix ?? '') + one.value,
        }));
  // A name that would control the terminal, or end its line, is never typed for anybody.
  return candidates
    .filter(({ value }) => value === printable(value))
    .map(({ value, description }) => ({
      value,
      description: description === undefined ? undefined : printable(description),
    }));
}

import type { Ancestor } from '../environment/ancestors.ts';
import { CommandFailure } from '../failure.ts';
import { shells, type ShellName } from './shell-text.ts';

const languages: Readonly<Record<string, ShellName>> = {
  sh: 'bash',
  bash: 'bash',
  rbash: 'bash',
  dash: 'bash',
  ash: 'bash',
  ksh: 'bash',
  ksh93: 'bash',
  mksh: 'bash',
  lksh: 'bash',
  oksh: 'bash',
  pdksh: 'bash',
  yash: 'bash',
  posh: 'bash',
  zsh: 'zsh',
  rzsh: 'zsh',
  fish: 'fish',
  csh: 'tcsh',
  tcsh: 'tcsh',
  pwsh: 'powershell',
  powershell: 'powershell',
};

/** Shells with a language that Stint does not write. */
const foreign = ['elvish', 'nu', 'xonsh'];

/**
 * The shell that takes in what this command prints: the nearest one among the processes above it,
 * since SHELL names the login shell, whatever shell runs in it. Then SHELL, then the platform's usual
 * one. Throws CommandFailure 'usage' for a shell whose language Stint does not write.
 */
export function askingShell(
  above: Iterable<Ancestor>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): ShellName {
  for (const { names } of above) {
    const found = languageOf(names);
    if (found !== undefined) return found;
  }
  const login = env['SHELL']?.split('/').at(-1);
  const usual = platform === 'win32' ? 'powershell' : 'bash';
  return (login === undefined ? undefined : languageOf([login])) ?? usual;
}

function languageOf(names: readonly string[]): ShellName | undefined {
  for (const name of names.map(plainName)) {
    if (foreign.includes(name)) throw notSupported(name);
    const language = languages[name];
    if (language !== undefined) return language;
  }
  return undefined;
}

/** Without the dash of a login shell, a version (`zsh-5.9`), the ending or the wrapper of a package. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^-/, '')
    .replace(/^\.(.+)-wrapped$/, '$1')
    .replace(/\.exe$/, '')
    .replace(/-?\d+(\.\d+)+$/, '');
}

function notSupported(name: string): CommandFailure {
  return new CommandFailure(
    'usage',
    `${name} is not supported by stint env. It knows ${shells.join(', ')}.`,
    `Start ${name} with the session instead: stint exec NAME -- ${name}`,
  );
}

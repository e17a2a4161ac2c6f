import { CommandFailure } from '../failure.ts';
import type { Environment } from './environment.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'docker', 'json'] as const;
export type ShellName = (typeof shells)[number];

/** The text that sets an environment in a shell or file. Throws CommandFailure 'failed'. */
export function environmentText(shell: ShellName, { set, unset }: Environment): string {
  const given = Object.entries(set);
  switch (shell) {
    case 'bash':
    case 'zsh':
      return lines(
        unset.length === 0 ? [] : [`unset ${unset.join(' ')}`],
        given.map(([name, value]) => `export ${name}=${posixQuoted(value)}`),
      );
    case 'fish':
      return lines(
        unset.map((name) => `set -e ${name}`),
        given.map(([name, value]) => `set -gx ${name} ${fishQuoted(value)}`),
      );
    case 'powershell':
      return lines(
        unset.map((name) => `Remove-Item -ErrorAction SilentlyContinue Env:${name}`),
        given.map(([name, value]) => `$Env:${name} = ${powershellQuoted(value)}`),
      );
    // A file like this cannot unset a variable.
    case 'dotenv':
      return lines(given.map(([name, value]) => `${name}=${dotenvQuoted(value)}`));
    case 'docker':
      return lines(given.map(([name, value]) => `${name}=${oneLine(name, value)}`));
    case 'json': {
      const gone = unset.map((name) => [name, null] as const);
      return `${JSON.stringify(Object.fromEntries([...gone, ...given]), undefined, 2)}\n`;
    }
  }
}

/** The shell in SHELL, if it is one that we know; else the platform's usual one. */
export function usualShell(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): ShellName {
  const name = env['SHELL']?.split('/').at(-1);
  if (name === 'bash' || name === 'zsh' || name === 'fish') return name;
  return platform === 'win32' ? 'powershell' : 'bash';
}

function lines(...parts: readonly (readonly string[])[]): string {
  return parts
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

/** POSIX, Shell Command Language 2.2.2: in single quotes only the quote itself is special. */
function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** fish language, "Quotes": in single quotes, backslash escapes itself and the quote. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}

/** PowerShell, about_Quoting_Rules: quotes are doubled; typographic quotes count too. */
function powershellQuoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** All readers of such files agree: single quotes are literal; double quotes take escapes. */
function dotenvQuoted(text: string): string {
  if (!/['\r\n]/.test(text)) return `'${text}'`;
  return `"${text.replaceAll(/[\\"$`]/g, String.raw`\$&`)}"`;
}

/** `docker run --env-file` takes the rest of the line literally. */
function oneLine(name: string, text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  throw new CommandFailure(
    'failed',
    `${name} has several lines, which a docker env file cannot hold.`,
    'Choose another --shell.',
  );
}

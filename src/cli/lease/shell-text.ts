import { CommandFailure } from '../failure.ts';
import type { Environment } from './environment.ts';

export const shells = [
  'bash',
  'zsh',
  'fish',
  'tcsh',
  'powershell',
  'dotenv',
  'docker',
  'json',
] as const;
export type ShellName = (typeof shells)[number];

/*
 * A text can reach another shell than the one it is for, such as one that a script saved. There it must
 * not leave the old keys in the environment, nor show a token. So each text of bash, zsh, fish and tcsh
 * empties the variables in a way that the others understand, and the one of fish has neither `set -gx`
 * nor `set -e` at its beginning: in zsh the first traces every line, in all others the second ends the
 * shell at the next failure.
 */

/** The text that sets an environment in a shell or file. Throws CommandFailure 'failed'. */
export function environmentText(shell: ShellName, { set, unset }: Environment): string {
  const given = Object.entries(set);
  switch (shell) {
    case 'bash':
    case 'zsh':
      return lines(
        removal(unset, (names) => [
          // In csh alone `$?shell` is 1. In quotes: fish reads nothing of a text with `$?` in it.
          `eval 'test $?shell = 1 && unsetenv ${names}' || : ;`,
          emptied(unset),
          `unset ${names}`,
        ]),
        given.map(([name, value]) => `export ${name}=${quoted(value)}`),
      );
    case 'fish':
      return lines(
        removal(unset, (names) => [
          // Every csh has a variable `shell`.
          `test -n "$shell" && unsetenv ${names} || : ;`,
          emptied(unset),
          `${inFish} set -e ${names}`,
        ]),
        given.map(([name, value]) =>
          // The function `export` of fish takes the first line only.
          value.includes('\n')
            ? `${inFish} set -gx ${name} ${quoted(value)}`
            : `export ${name}=${quoted(value)}`,
        ),
      );
    // A semicolon after each: eval "`…`" makes one line of it.
    case 'tcsh':
      return lines(
        removal(unset, () => [`eval 'test $?shell = 1 || ${emptied(unset)}' || : ;`]),
        unset.map((name) => `setenv ${name} ''; unsetenv ${name};`),
        given.map(([name, value]) => `setenv ${name} ${cshQuoted(name, value)};`),
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

/** Before a command that only fish may run. */
const inFish = 'test -n "$FISH_VERSION" &&';

function removal(
  unset: readonly string[],
  linesFor: (names: string) => readonly string[],
): readonly string[] {
  return unset.length === 0 ? [] : linesFor(unset.join(' '));
}

function emptied(names: readonly string[]): string {
  return `export ${names.map((name) => `${name}=`).join(' ')}`;
}

function lines(...parts: readonly (readonly string[])[]): string {
  return parts
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * For POSIX shells (Shell Command Language, 2.2) and fish ("Quotes") alike: in single quotes fish takes
 * a backslash as an escape and the others do not, so it is outside of them, as the quote itself is.
 */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`'\$&'`)}'`;
}

/** tcsh(1), "Lexical structure" and "History substitution": `!` counts in single quotes too. */
function cshQuoted(name: string, text: string): string {
  return `'${oneLine(name, text, 'tcsh')
    .replaceAll("'", String.raw`'\''`)
    .replaceAll('!', String.raw`\!`)}'`;
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
function oneLine(name: string, text: string, reader = 'a docker env file'): string {
  if (!/[\r\n]/.test(text)) return text;
  throw new CommandFailure(
    'failed',
    `${name} has several lines, which ${reader} cannot hold.`,
    'Choose another --shell.',
  );
}

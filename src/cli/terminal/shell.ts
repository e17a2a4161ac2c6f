import type { Readable, Writable } from 'node:stream';

/** What a command has of the world around it. Data goes to `stdout`, words to `stderr`. */
export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** The shell of this process; `env` is a copy. */
export function processShell(): Shell {
  const { env, stdin, stdout, stderr } = process;
  return { env: { ...env }, stdin, stdout, stderr };
}

/** Whether somebody sits there who can be asked. */
export function isInteractive({ stdin, stderr }: Shell): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Whether data may be coloured: only on a terminal, and not where the user said NO_COLOR. */
export function hasColour({ stdout, env }: Shell): boolean {
  return stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/** One line of data. */
export function print(shell: Shell, line: string): void {
  shell.stdout.write(`${line}\n`);
}

export function printJson(shell: Shell, value: unknown): void {
  print(shell, JSON.stringify(value, undefined, 2));
}

/** One line for a person. */
export function say(shell: Shell, line: string): void {
  shell.stderr.write(`${line}\n`);
}

/** Everything that was piped in. */
export async function readPiped({ stdin }: Shell): Promise<string> {
  let piped = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) piped += String(chunk);
  return piped;
}

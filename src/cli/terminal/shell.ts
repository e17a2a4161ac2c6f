import type { Readable, Writable } from 'node:stream';
import { printableJson, printableLines } from '../../models/printable.ts';

/** A command's environment and streams. Data goes to `stdout`, messages to `stderr`. */
export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** What prints and asks nothing. */
export type Printer = Pick<Shell, 'env' | 'stdout' | 'stderr'>;

/** The shell of this process; `env` is a copy. */
export function processShell(): Shell {
  const { env, stdin, stdout, stderr } = process;
  return { env: { ...env }, stdin, stdout, stderr };
}

/** Whether somebody at a terminal can be asked. */
export function isInteractive({ stdin, stderr }: Shell): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Whether data may have colours: only on a terminal, and not with NO_COLOR. */
export function hasColour({ stdout, env }: Printer): boolean {
  return stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/** Data, without what could control the terminal: names come from files and servers. */
export function print(shell: Printer, text: string): void {
  shell.stdout.write(`${printableLines(text)}\n`);
}

/** A line that has colours. Its parts are made printable before they are coloured. */
export function printPainted(shell: Printer, line: string): void {
  shell.stdout.write(`${line}\n`);
}

export function printJson(shell: Printer, value: unknown): void {
  shell.stdout.write(`${printableJson(JSON.stringify(value, undefined, 2))}\n`);
}

/** A message, on standard error, printable like data. */
export function say(shell: Printer, text: string): void {
  shell.stderr.write(`${printableLines(text)}\n`);
}

/** All of standard input. */
export async function readPiped({ stdin }: Shell): Promise<string> {
  let piped = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) piped += String(chunk);
  return piped;
}

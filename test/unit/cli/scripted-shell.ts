import { PassThrough } from 'node:stream';
import type { Shell } from '../../../src/cli/terminal/shell.ts';

export interface ScriptedShell extends Shell {
  /** Presses keys at the terminal. */
  type(keys: string): void;
  /** All that was written to standard error so far. */
  words(): string;
  data(): string;
}

/** A terminal without a screen: what is typed comes from the test, what is written can be read. */
export function scriptedShell(env: NodeJS.ProcessEnv = {}): ScriptedShell {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, stderr] = [new PassThrough(), Object.assign(new PassThrough(), { isTTY: true })];
  let [data, words] = ['', ''];
  stdout.setEncoding('utf8').on('data', (text: string) => (data += text));
  stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  return {
    env,
    stdin,
    stdout,
    stderr,
    type: (keys) => void stdin.write(keys),
    words: () => words,
    data: () => data,
  };
}

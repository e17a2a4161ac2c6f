import crossSpawn from 'cross-spawn';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { CommandFailure } from '../failure.ts';

/** From the terminal they reach the program by themselves, as it is in the same group as we are. */
const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
const fromOthers: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

/** What shells end with for a program that is not there, or cannot be run. */
const notFound = 127;
const notRunnable = 126;

/**
 * Runs a program in our place: terminal, pipes and signals are its own. No shell is in between.
 * Resolves with its exit code, which is 128 and the signal's number for one that a signal ended.
 * `say` is told why a program could not be run.
 */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  options: {
    readonly env: NodeJS.ProcessEnv;
    readonly hasTerminal: boolean;
    readonly say: (words: string) => void;
  },
): Promise<number> {
  const { env, hasTerminal, say } = options;
  let child: ChildProcess | undefined;
  const stopPassingOn = passOnSignals(() => child, hasTerminal);
  try {
    return await new Promise<number>((resolve) => {
      // On Windows it finds `az.cmd` for `az`, and quotes for the interpreter that runs it.
      child = crossSpawn(program, args, { env, stdio: 'inherit' });
      child.once('error', ({ code, message }: NodeJS.ErrnoException) => {
        say(code === 'ENOENT' ? `There is no program ${program}.` : `${program}: ${message}`);
        resolve(code === 'ENOENT' ? notFound : notRunnable);
      });
      child.once('exit', (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    stopPassingOn();
  }
}

/** Returns what ends it. */
function passOnSignals(child: () => ChildProcess | undefined, hasTerminal: boolean): () => void {
  const handlers = new Map<NodeJS.Signals, () => void>();
  for (const signal of fromOthers) handlers.set(signal, () => child()?.kill(signal));
  for (const signal of fromTerminal) {
    // With a terminal we only must not die of it: the program decides what it means.
    handlers.set(signal, () => hasTerminal || child()?.kill(signal));
  }
  if (process.platform !== 'win32') {
    handlers.set('SIGCONT', () => child()?.kill('SIGCONT'));
    if (!hasTerminal) {
      handlers.set('SIGTSTP', () => {
        child()?.kill('SIGTSTP');
        process.kill(process.pid, 'SIGSTOP');
      });
    }
  }
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** The name of a program, as a lease shows it. */
export function programName(program: string): string {
  // eslint-disable-next-line no-control-regex -- they are taken out, as the API refuses them
  const name = (program.split(/[/\\]/).at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f]/g, '');
  if (name === '') throw new CommandFailure('usage', `"${program}" names no program.`);
  return name.slice(0, 256);
}

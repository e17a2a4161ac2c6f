import crossSpawn from 'cross-spawn';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { CommandFailure } from '../failure.ts';

/** The terminal sends these to the program too, which is in the same process group. */
const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
const fromOthers: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

/** Exit codes of shells for a program that does not exist, or that cannot be run. */
const notFound = 127;
const notRunnable = 126;

/**
 * Runs a program with this process's terminal and pipes, and passes signals on to it. No shell is in
 * between. Resolves with its exit code, or 128 plus the signal's number if a signal ended it. `report`
 * gets the reason if the program cannot be run.
 */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  options: {
    readonly env: NodeJS.ProcessEnv;
    readonly hasTerminal: boolean;
    readonly report: (message: string) => void;
  },
): Promise<number> {
  const { env, hasTerminal, report } = options;
  let child: ChildProcess | undefined;
  const stopPassingOn = passOnSignals(() => child, hasTerminal);
  try {
    return await new Promise<number>((resolve) => {
      // On Windows it finds `az.cmd` for `az`, and quotes for the interpreter that runs it.
      child = crossSpawn(program, args, { env, stdio: 'inherit' });
      child.once('error', ({ code, message }: NodeJS.ErrnoException) => {
        report(code === 'ENOENT' ? `There is no program ${program}.` : `${program}: ${message}`);
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

/** Returns a function that stops it. */
function passOnSignals(child: () => ChildProcess | undefined, hasTerminal: boolean): () => void {
  const handlers = new Map<NodeJS.Signals, () => void>();
  for (const signal of fromOthers) handlers.set(signal, () => child()?.kill(signal));
  for (const signal of fromTerminal) {
    // At a terminal the program got it already, and decides what it means; we must only survive.
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

/** The name of a program for its lease. Throws CommandFailure 'usage'. */
export function programName(program: string): string {
  // eslint-disable-next-line no-control-regex -- removed, because the API refuses them
  const name = (program.split(/[/\\]/).at(-1) ?? '').replaceAll(/[\u0000-\u001f\u007f]/g, '');
  if (name === '') throw new CommandFailure('usage', `"${program}" is not the name of a program.`);
  return name.slice(0, 256);
}

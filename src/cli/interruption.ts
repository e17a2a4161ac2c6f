import { exitCodes } from './failure.ts';
import { say, type Shell } from './terminal/shell.ts';

/**
 * Ends this process with 130 when somebody presses Ctrl-C, and says what continues without it: the agent
 * does the work, and this process only waits for it.
 */
export function followInterruption(
  shell: Shell,
  end: (exitCode: number) => void = (exitCode) => process.exit(exitCode),
): { readonly continues: (text: string) => void; readonly unfollow: () => void } {
  let going = '';
  const interrupted = () => {
    // Who listens besides decides what it means: exec leaves it to its program, a question cancels.
    if (process.listenerCount('SIGINT') > 1) return;
    say(shell, `\nstint: Interrupted.${going === '' ? '' : ` ${going}`}`);
    end(exitCodes.interrupted);
  };
  process.on('SIGINT', interrupted);
  return {
    continues(text) {
      going = text;
    },
    unfollow: () => void process.off('SIGINT', interrupted),
  };
}

import { refuseSecretsIn } from '../../src/cli/arguments/refused-flags.ts';
import { errorText, exitCodeOf } from '../../src/cli/failure.ts';
import { runProgram } from '../../src/cli/program.ts';
import { scriptedShell } from '../unit/cli/scripted-shell.ts';
import type { ScratchApi } from './scratch-api.ts';

/** The command in this process, with pipes, against a whole owner. */
export async function command(
  { client }: Pick<ScratchApi, 'client'>,
  args: readonly string[],
  { env = {}, input = '' }: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
) {
  const shell = scriptedShell(env);
  Object.assign(shell.stdin, { isTTY: false });
  shell.type(input);
  (shell.stdin as unknown as NodeJS.WritableStream).end();
  let code = 0;
  const context = {
    shell,
    owner: { ...client, running: client },
    location: {} as never,
    version: '0.0.0',
    endWith: (ended: number) => (code ||= ended),
    continues: () => undefined,
  };
  let failure = '';
  try {
    refuseSecretsIn(args);
    await runProgram(args, context);
  } catch (error) {
    code ||= exitCodeOf(error);
    failure = errorText(error);
  }
  await new Promise(setImmediate);
  return { code, stdout: shell.data(), stderr: shell.words() + failure };
}

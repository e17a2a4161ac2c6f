import { spawnSync } from 'node:child_process';
import { stint, type Scratch } from '../demo/scratch.ts';
import { addUserSession, builtCommand, onComputer } from './computer.ts';
import { ratioRow, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

const rounds = 45;
const unit = '× an empty Node process';

/** The commands that SDKs and prompts run all the time, as whole processes. */
export const commandSubject: Subject = {
  name: 'command',
  measure: () =>
    onComputer(async (computer): Promise<readonly Row[]> => {
      const { scratch } = computer;
      const sessionId = await addUserSession(computer, 'bench');
      await stint(scratch, ['start', 'bench']);
      // The line of the delivery credential-process.
      const line = ['credentials', sessionId, '--home', scratch.env['STINT_HOME'] ?? ''];
      const inShell = { ...scratch.env, ...(await variables(scratch)) };
      const { empty, credentials, whoami } = await inTurns(rounds, {
        empty: () => printed(['-e', '0'], scratch.env),
        credentials: () => printed([builtCommand, ...line], scratch.env, 'SessionToken'),
        whoami: () => printed([builtCommand, 'whoami', '--short'], inShell, 'bench'),
      });
      const goal = { atMost: 1.4 };
      return [
        ratioRow('stint credentials ID, as SDKs run it', unit, goal, {
          ours: credentials,
          limit: empty,
        }),
        ratioRow('stint whoami, in a prompt', unit, goal, { ours: whoami, limit: empty }),
      ];
    }),
};

/** Runs Node; what it printed has to hold the text. */
function printed(args: readonly string[], env: NodeJS.ProcessEnv, text = ''): void {
  const { stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (!stdout.includes(text)) throw new Error(`${args.join(' ')} did not print ${text}.`);
}

/** What a shell has after `stint env`. */
async function variables(scratch: Scratch): Promise<NodeJS.ProcessEnv> {
  const json = await stint(scratch, ['env', 'bench', '--shell', 'json']);
  const entries = Object.entries(JSON.parse(json) as Record<string, string | null>);
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
}

import { spawnSync } from 'node:child_process';
import { stint, type Scratch } from '../demo/scratch.ts';
import { addUserSession, builtCommand, onComputer } from './computer.ts';
import { many } from './many-sessions.ts';
import { ratioRow, type Row, type Subject } from './row.ts';
import { inTurns } from './samples.ts';

const unit = '× an empty Node process';

/** The commands that SDKs, prompts and people run all the time, as whole processes, in a large workspace. */
export const commandSubject: Subject = {
  name: 'command',
  measure: () =>
    onComputer(
      async (computer): Promise<readonly Row[]> => {
        const { scratch, cloud } = computer;
        const { sessionId, ...keys } = await addUserSession(computer, 'bench');
        await stint(scratch, ['start', 'bench']);
        // The line of the delivery credential-process.
        const line = ['credentials', sessionId, '--home', scratch.env['STINT_HOME'] ?? ''];
        const node = process.execPath;
        const inShell = { ...scratch.env, ...(await variables(scratch)) };
        const empty = () => {
          printed(node, ['-e', '0'], scratch.env);
        };
        const credentials = () => {
          printed(node, [builtCommand, ...line], scratch.env, 'SessionToken');
        };
        const often = await inTurns(45, {
          empty,
          credentials,
          whoami: () => {
            printed(node, [builtCommand, 'whoami', '--short'], inShell, 'bench');
          },
        });
        const list = await inTurns(30, {
          empty,
          ours: () => {
            printed(node, [builtCommand, 'session', 'list'], scratch.env, 'Operator');
          },
        });
        const aws = await inTurns(5, {
          ours: credentials,
          aws: () => {
            printed(
              'aws',
              [...awsCall, '--endpoint-url', cloud.stsEndpoint],
              {
                ...scratch.env,
                AWS_ACCESS_KEY_ID: keys.accessKeyId,
                AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
                AWS_DEFAULT_REGION: 'eu-west-1',
              },
              'SessionToken',
            );
          },
        });
        return [
          ratioRow(
            'stint credentials ID, as SDKs run it',
            unit,
            { atMost: 1.4 },
            {
              ours: often.credentials,
              limit: often.empty,
            },
          ),
          ratioRow(
            'stint whoami, in a prompt',
            unit,
            { atMost: 1.4 },
            {
              ours: often.whoami,
              limit: often.empty,
            },
          ),
          ratioRow(
            `stint session list of ${many}`,
            unit,
            { atMost: 3 },
            {
              ours: list.ours,
              limit: list.empty,
            },
          ),
          ratioRow(
            'the AWS CLI, getting the same credentials itself',
            '× stint credentials',
            { atLeast: 8 },
            {
              ours: aws.aws,
              limit: aws.ours,
            },
          ),
        ];
      },
      // The session that is started is one of them.
      { sessions: many - 1 },
    ),
};

const awsCall = ['sts', 'get-session-token', '--output', 'json'];

/** Runs a program; what it printed has to hold the text. */
function printed(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  text = '',
): void {
  const { stdout, stderr } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  if (!stdout.includes(text)) throw new Error(`${args.join(' ')} did not print ${text}: ${stderr}`);
}

/** What a shell has after `stint env`. */
async function variables(scratch: Scratch): Promise<NodeJS.ProcessEnv> {
  const json = await stint(scratch, ['env', 'bench', '--shell', 'json']);
  const entries = Object.entries(JSON.parse(json) as Record<string, string | null>);
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined]));
}

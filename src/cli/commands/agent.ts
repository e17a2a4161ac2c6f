import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import { startBackgroundAgent } from '../owner/background-agent.ts';
import { addExamples, addExamplesBelow, jsonOption, type Json } from '../arguments/help.ts';
import type { Context } from '../context.ts';
import { CommandFailure, exitCodes } from '../failure.ts';
import { portOf } from '../arguments/port.ts';
import { isUnreachable } from '../owner/owner-client.ts';
import { ownProgram } from '../owner/own-program.ts';
import { runAgent } from '../owner/run-agent.ts';
import { installService, uninstallService } from '../service/agent-service.ts';
import { print, printJson, say } from '../terminal/shell.ts';
import { formatFields } from '../terminal/table.ts';

interface AgentFlags {
  readonly port?: string;
  /** Another command started it and waits for its report. */
  readonly background?: boolean;
}

export function addAgentCommand(program: Command, context: Context): void {
  const port = ['--port <PORT>', 'also listen on this loopback port (0: any)'] as const;
  const agent = program
    .command('agent')
    .enablePositionalOptions()
    .summary('run the agent, or manage the one in the background')
    .description('run the agent in the foreground, or manage the one in the background')
    .option(...port)
    .addOption(new Option('--background').hideHelp())
    .action(({ port, background }: AgentFlags) =>
      runAgent({ background: background === true, ...portOf(port) }),
    );
  agent
    .command('start')
    .description('start the agent in the background')
    .option(...port)
    .action((flags: AgentFlags) => start(context, flags));
  agent
    .command('stop')
    .description('stop the agent; the setting onQuit decides what happens to running sessions')
    .action(() => stop(context));
  agent
    .command('status')
    .description('show whether an agent is running, and its state')
    .option(...jsonOption)
    .action(({ json }: Json) => status(context, json === true));
  agent
    .command('install')
    .description('start the agent at each login, as a service of your user')
    .action(() => install(context));
  agent
    .command('uninstall')
    .description('no longer start the agent at login')
    .action(() => uninstall(context));
  addExamplesBelow(agent, {
    start: ['stint agent start', 'stint agent start --port 0'],
    stop: ['stint agent stop'],
    status: ['stint agent status', 'stint agent status --json'],
    install: ['stint agent install'],
    uninstall: ['stint agent uninstall'],
  });
  addExamples(agent, 'stint agent start', 'stint agent status', 'stint agent install');
}

async function start({ shell }: Context, { port }: AgentFlags): Promise<void> {
  say(shell, await startBackgroundAgent(shell.env, portOf(port)));
}

/** How long the agent may take to stop running sessions, in milliseconds. */
const stopPatience = 60_000;

async function isGone({ owner }: Context): Promise<boolean> {
  try {
    await owner.running.request('GET', '/v1/healthz');
    return false;
  } catch (error) {
    if (isUnreachable(error)) return true;
    throw error;
  }
}

async function install(context: Context): Promise<void> {
  const { shell } = context;
  const now = await isGone(context);
  const { file, byHand } = await installService({ env: shell.env, program: ownProgram, now });
  say(shell, `Wrote ${file}.`);
  if (byHand !== undefined) {
    say(shell, `Your system did not take it over. In your own login session, run: ${byHand}`);
  } else if (now) {
    say(shell, 'The agent runs now, and starts at each login.');
  } else {
    say(shell, 'The agent starts at each login. The one that is running continues until then.');
  }
}

async function uninstall({ shell }: Context): Promise<void> {
  const { file, byHand } = await uninstallService({ env: shell.env, program: ownProgram });
  say(shell, `Removed ${file}. The agent no longer starts at login.`);
  if (byHand !== undefined) say(shell, `Your system may still know it. Run: ${byHand}`);
}

async function stop(context: Context): Promise<void> {
  const { owner, shell, location } = context;
  if (await isGone(context)) {
    say(shell, 'No agent is running.');
    return;
  }
  const { pid } = await owner.running.request('POST', '/v1/owner/stop');
  const deadline = performance.now() + stopPatience;
  while (!(await isGone(context))) {
    if (performance.now() > deadline) {
      throw new CommandFailure(
        'failed',
        `The agent (pid ${pid}) is still running after 60 s.`,
        `See its log: ${join(location.home, 'logs', 'stint.log')}`,
      );
    }
    await pause(50);
  }
  say(shell, `The agent (pid ${pid}) has stopped.`);
}

async function status(context: Context, json: boolean): Promise<void> {
  const { owner, shell, location } = context;
  const answer = await owner.running.request('GET', '/v1/owner').catch((error: unknown) => {
    if (!isUnreachable(error)) throw error;
    return undefined;
  });
  if (answer === undefined) {
    say(shell, `No agent is running for ${location.home}.`);
    context.endWith(exitCodes.unreachable);
    return;
  }
  if (json) {
    printJson(shell, answer);
    return;
  }
  const fields = formatFields([
    ['pid', String(answer.pid)],
    ['version', answer.version],
    ['home', location.home],
    [
      'listens on',
      answer.port === undefined ? 'its socket' : `its socket and 127.0.0.1:${answer.port}`,
    ],
    ['vault', answer.vault.locked ? 'locked' : 'unlocked'],
    ['', answer.vault.detail],
    ...answer.notices.map((notice) => ['notice', notice] as const),
  ]);
  for (const line of fields) print(shell, line);
}

import type { Command } from 'commander';
import { addExamples } from '../arguments/help.ts';
import { portOf } from '../arguments/port.ts';
import { openWindowPage } from '../../browser/window-page.ts';
import type { Context } from '../context.ts';
import { startBackgroundAgent } from '../owner/background-agent.ts';
import { helperProgram } from '../owner/own-program.ts';
import { isUnreachable } from '../owner/owner-client.ts';
import { hasScreen } from '../../browser/open-in-browser.ts';
import { print, say } from '../terminal/shell.ts';

interface UiFlags {
  readonly open: boolean;
  readonly port?: string;
}

export function addUiCommand(program: Command, context: Context): void {
  const command = program
    .command('ui')
    .alias('open')
    .description('open Stint in a browser')
    .option('--no-open', 'only print the address; it works once, for two minutes')
    .option('--port <PORT>', 'loopback port for an agent started by this command (0: any)')
    .action((flags: UiFlags) => ui(context, flags));
  addExamples(command, 'stint ui', 'stint ui --no-open --port 8700');
}

async function ui(context: Context, flags: UiFlags): Promise<void> {
  const { owner, shell } = context;
  const { port } = portOf(flags.port);
  await startWhereNoneRuns(context, port);
  const { url } = await owner.request('POST', '/v1/owner/window');
  if (port !== undefined && port !== 0 && new URL(url).port !== String(port)) {
    say(shell, `The agent is already running on port ${new URL(url).port}.`);
  }
  if (!flags.open) {
    print(shell, url);
    return;
  }
  const opens = hasScreen(process.platform, shell.env);
  say(
    shell,
    opens
      ? 'Stint opens in your browser. If nothing happens, open this address; it works once, for two minutes:'
      : 'There is no screen to open a browser on. Open this address; it works once, for two minutes:',
  );
  print(shell, url);
  if (!opens) return;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(browserPatience)]);
  const { used } = await followAddress(context, signal);
  const started = await openWindowPage(url, used, {
    env: shell.env,
    remover: helperProgram('remove-page'),
  });
  over.abort();
  if (!started) say(shell, 'No browser started.');
}

/** How long to wait for a browser that fails to start, in milliseconds; it may open the address later. */
const browserPatience = 10_000;

/** `used` resolves when a window gets its access: the next token that the owner issues. */
async function followAddress(
  { owner }: Context,
  signal: AbortSignal,
): Promise<{ readonly used: Promise<void> }> {
  const { promise: listening, resolve } = Promise.withResolvers<undefined>();
  const follow = async () => {
    for await (const { event } of owner.events({ signal, onSign: () => resolve(undefined) })) {
      if (event.type === 'history' && event.kind === 'token-issued') return;
    }
  };
  const used = follow();
  await Promise.race([listening, used.catch(() => undefined)]);
  return { used };
}

/** Any other command starts an agent itself, but on no port of the user's choice. */
async function startWhereNoneRuns({ owner, shell }: Context, port?: number): Promise<void> {
  if (port === undefined) return;
  try {
    await owner.running.request('GET', '/v1/healthz');
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    await startBackgroundAgent(shell.env, { port });
  }
}

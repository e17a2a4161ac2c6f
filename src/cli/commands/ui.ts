import type { Command } from 'commander';
import { startBackgroundAgent } from '../owner/background-agent.ts';
import { openerOf, openInBrowser } from '../browser/open-in-browser.ts';
import type { Context } from '../context.ts';
import { portOf } from '../arguments/port.ts';
import { isUnreachable } from '../owner/owner-client.ts';
import { print, say } from '../terminal/shell.ts';

interface UiFlags {
  readonly open: boolean;
  readonly port?: string;
}

export function addUiCommand(program: Command, context: Context): void {
  program
    .command('ui')
    .description('open the window in a browser')
    .option('--no-open', 'only print its address, which lets in once and within two minutes')
    .option('--port <PORT>', 'loopback port of the agent, where this starts one; 0 takes any')
    .action((flags: UiFlags) => ui(context, flags));
}

async function ui(context: Context, flags: UiFlags): Promise<void> {
  const { owner, place, shell } = context;
  const { port } = portOf(flags.port);
  await startWhereNoneRuns(context, port);
  const { url } = await owner.request('POST', '/v1/owner/window');
  if (port !== undefined && port !== 0 && new URL(url).port !== String(port)) {
    say(shell, `The agent that runs listens on port ${new URL(url).port} already.`);
  }
  if (!flags.open) {
    print(shell, url);
    return;
  }
  const opener = openerOf(process.platform, shell.env);
  if (opener !== undefined) {
    say(shell, 'The window opens in your browser. If it does not: stint ui --no-open');
    if (await openInBrowser(url, opener, { folder: place.home, env: shell.env })) return;
  }
  say(shell, 'No browser could be opened. Open this address yourself, within two minutes:');
  print(shell, url);
}

/** The owner would start one by itself, but on no port of the user's choice. */
async function startWhereNoneRuns({ owner, shell }: Context, port?: number): Promise<void> {
  if (port === undefined) return;
  try {
    await owner.running.request('GET', '/v1/healthz');
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    await startBackgroundAgent(shell.env, { port });
  }
}

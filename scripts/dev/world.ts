import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { Narrator } from '../demo/narrator.ts';
import { command, makeScratch, startPracticeCloud, stint, type Scratch } from '../demo/scratch.ts';
import { Stage } from '../demo/stage.ts';
import { makeWorkspace, type WorkspaceLogins } from '../demo/workspace.ts';

/** A practice cloud, and the agent on a scratch home with a workspace to look at. */
export interface World {
  readonly scratch: Scratch;
  readonly logins: WorkspaceLogins;
  /** Replaces the agent by one of the newest build; sessions continue. */
  restartAgent(): Promise<void>;
  /** A fresh address of the window, which lets in once. */
  address(): Promise<string>;
  end(): Promise<void>;
}

/**
 * `inspect`: a debugger may attach to the agent at the usual port, 9229. Rejects, with everything
 * taken down again, once `signal` says that it is no longer wanted.
 */
export async function startWorld({
  inspect,
  signal,
}: {
  readonly inspect: boolean;
  readonly signal: AbortSignal;
}): Promise<World> {
  const cloud = await startPracticeCloud();
  const scratch = await makeScratch(cloud);
  let agent: ChildProcess | undefined;
  const end = async () => {
    if (agent !== undefined) await ended(agent);
    cloud.end();
    await scratch.remove();
  };
  const narrator = new Narrator({ isTest: true });
  signal.addEventListener('abort', () => {
    narrator.interrupt();
  });
  try {
    agent = await startAgent(scratch, ['--port', '0'], inspect);
    const address = async () => (await stint(scratch, ['ui', '--no-open'])).trim();
    const port = new URL(await address()).port;
    // An agent that ends for a newer one leaves its sessions to that one.
    await stint(scratch, ['settings', 'set', 'on-quit', 'keep-sessions']);
    const stage = (type: string) => new Stage(narrator, scratch, type);
    const logins = await makeWorkspace(stage, connectAdmin(cloud));
    return {
      scratch,
      logins,
      address,
      async restartAgent() {
        if (agent !== undefined) await ended(agent);
        agent = await startAgent(scratch, ['--port', port], inspect);
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startAgent(
  { env, folder }: Scratch,
  args: readonly string[],
  inspect: boolean,
): Promise<ChildProcess> {
  const debug = inspect ? ['--inspect'] : [];
  const child = spawn(process.execPath, [...debug, command, 'agent', ...args], {
    env,
    cwd: folder,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      if (line.includes(' is running')) resolve();
      else console.error(`agent: ${line}`);
    });
    child.once('exit', (code) => {
      reject(new Error(`The agent ended with ${String(code)}.`));
    });
  });
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

import { build } from 'esbuild';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ScratchComputer } from '../support/agent-process.ts';

const root = join(import.meta.dirname, '..', '..');
/** The built bundle of the current version. */
const currentBundle = join(root, 'dist', 'electron', 'main.cjs');

/** What can be seen from outside. */
export interface Seen {
  /** The window is open. */
  readonly ready: boolean;
  readonly windowVisible: boolean;
  /** The last address that the window loads. */
  readonly url: string;
  readonly preload: string;
  readonly tooltip: string;
  readonly tray: readonly string[];
  readonly told: readonly string[];
}

type Hand = 'state' | 'pick' | 'close-window' | 'copy' | 'wake' | 'quit';

/** A request of the page; the browser adds the metadata. */
export interface PageRequest {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The built desktop app in its own process, on the fake Electron. */
export interface DesktopProcess {
  readonly pid: number;
  /** The loopback address at which plain Chromium reaches the window's scheme. */
  readonly page: string;
  state(): Promise<Seen>;
  do(hand: Hand, text?: string): Promise<Seen>;
  /** A request of the window's page. */
  fetch(path: string, init?: PageRequest): Promise<Response>;
  readonly exited: Promise<number | null>;
  kill(): Promise<void>;
}

/** Waits until the window is open, or the process has ended. */
export async function startDesktopProcess(
  computer: ScratchComputer,
  options: { readonly bundle?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<DesktopProcess> {
  const { bundle = currentBundle, env } = options;
  const standIn = join(computer.folder, 'electron.cjs');
  await build({
    entryPoints: [join(root, 'test', 'fakes', 'electron', 'process.ts')],
    outfile: standIn,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const child = spawn(process.execPath, ['--require', standIn, bundle], {
    cwd: computer.folder,
    env: { ...computer.env, STINT_NODE: process.execPath, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = ended(child);
  const [addresses] = (await once(child, 'message')) as [{ page: string; hands: string }];
  const act = async (hand: Hand, text?: string): Promise<Seen> => {
    const answer = await fetch(addresses.hands, {
      method: 'POST',
      body: JSON.stringify({ hand, text }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Seen;
  };
  const desktop: DesktopProcess = {
    pid: child.pid ?? 0,
    page: addresses.page,
    state: () => act('state'),
    do: act,
    fetch: (path, init) =>
      fetch(addresses.page + path, {
        ...init,
        headers: { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty', ...init?.headers },
      }),
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
  while (child.exitCode === null && !(await desktop.state()).ready) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return desktop;
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

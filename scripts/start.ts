import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { electronPackage, electronRuntime } from './electron-runtime.ts';

/*
 * The end of `npm start`, after the build: the desktop app, where Electron's runtime is there or the user lets it be fetched;
 * else it says so and opens the same window in the browser.
 *
 *   npm start -- --download    fetch the runtime without asking
 *   npm start -- --browser     the browser, without asking
 */

const root = join(import.meta.dirname, '..');
const flags = new Set(process.argv.slice(2));

const runtime = flags.has('--browser') ? undefined : (electronRuntime() ?? (await fetchRuntime()));
if (runtime === undefined) openInBrowser();
else run(runtime, [join(root, 'dist', 'electron', 'main.cjs')]);

/** Runs the package's own installer, which checks what it gets against the package's checksums. */
async function fetchRuntime(): Promise<string | undefined> {
  if (!(flags.has('--download') || (await mayDownload()))) {
    say('The Electron runtime is not on this machine.');
    return undefined;
  }
  const got = spawnSync(process.execPath, [join(electronPackage, 'install.js')], {
    stdio: 'inherit',
  });
  const fetched = electronRuntime();
  if (got.status !== 0 || fetched === undefined) {
    say('The Electron runtime could not be fetched.');
    return undefined;
  }
  return fetched;
}

async function mayDownload(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(
    'The desktop app needs the Electron runtime (about 120 MB), which is not on this machine. Fetch it now? [y/N] ',
  );
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}

function openInBrowser(): void {
  say('Opening the same window in your browser instead. `npm start -- --download` fetches it.');
  run(process.execPath, [join(root, 'dist', 'stint.cjs'), 'ui']);
}

function run(program: string, args: readonly string[]): void {
  // The keychain is asked by this Node, never by Electron itself.
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, STINT_NODE: process.execPath },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    say(`${program} cannot be run: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}

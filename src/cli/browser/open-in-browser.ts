import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnvironment } from '../environment/child-environment.ts';

/** How long a browser may take to start and read the page that leads on, in milliseconds. */
const readingTime = 10_000;

/** A program and its first arguments. */
export type Opener = readonly [string, ...string[]];

/**
 * Opens a secret address in the user's browser; false where there is none. The address
 * stands in no argument list, which every process of the machine can read: the browser is given a
 * page of the user's own (0600, in `folder`) that leads there, and is gone when this resolves.
 */
export async function openInBrowser(
  url: string,
  [program, ...args]: Opener,
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
): Promise<boolean> {
  const page = join(folder, `open-window-${randomUUID()}.html`);
  const remove = () => {
    rmSync(page, { force: true });
  };
  const leave = () => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    writeFileSync(page, pageTo(url), { mode: 0o600, flag: 'wx' });
    return await opened(program, [...args, page], env);
  } finally {
    remove();
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
}

/** Whether a browser was found. Its opener may run as long as the browser does. */
async function opened(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const child = spawn(program, args, {
    detached: true,
    stdio: 'ignore',
    env: childEnvironment(env),
  });
  const timeIsUp = new AbortController();
  try {
    const ended = once(child, 'exit').then(
      ([code]) => code === 0,
      () => false,
    );
    const time = pause(readingTime, true, { signal: timeIsUp.signal });
    // A browser that runs already takes the page over after its opener has ended.
    return (await Promise.race([ended, time])) && (await time);
  } finally {
    timeIsUp.abort();
    child.unref();
  }
}

/** The program that opens a page as the user wishes; undefined where there is no screen for it. */
export function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Opener | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  // Without a screen xdg-open would start a text browser in the terminal.
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] || env['BROWSER'] ? ['xdg-open'] : undefined;
}

function pageTo(url: string): string {
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<meta name="referrer" content="no-referrer">',
    `<meta http-equiv="refresh" content="0; url=${new URL(url).href}">`,
    '<title>Stint</title>',
    '',
  ].join('\n');
}

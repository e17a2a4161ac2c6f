import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../models/child-environment.ts';
import { openInBrowser, type BrowserOptions, type Remover } from './open-in-browser.ts';

/** How long a browser may take to read the page, in milliseconds. */
const pageLasts = 20_000;

/**
 * Opens a secret address in the user's browser. Argument lists are public, so the browser gets a page
 * (0600) that redirects there. It is removed when the promise `used` resolves; where that rejects first,
 * or the browser has started, it is removed later. A command, which ends before, names a separate process
 * for that (`remover`). Resolves with whether a browser started; never rejects.
 */
export async function openWindowPage(
  address: string,
  used: Promise<unknown>,
  options: BrowserOptions & { readonly remover?: Remover | undefined },
): Promise<boolean> {
  const { env, platform = process.platform, remover } = options;
  const page = join(folderFor(platform, env), `stint-${randomUUID()}.html`);
  const remove = () => rmSync(page, { force: true });
  try {
    writeFileSync(page, pageTo(address), { mode: 0o600, flag: 'wx' });
    if (remover === undefined) setTimeout(remove, pageLasts).unref();
    else removeLater(page, remover, env);
    const opening = await openInBrowser(page, options);
    if (opening === undefined) throw new Error('There is no browser.');
    const ended = new Promise<'started' | 'failed'>((resolve) => {
      opening.once('exit', (code) => resolve(code === 0 ? 'started' : 'failed'));
    });
    const outcome = await Promise.race([
      ended,
      used.then(
        () => 'used' as const,
        () => 'started' as const,
      ),
    ]);
    if (outcome !== 'started') remove();
    return outcome !== 'failed';
  } catch {
    remove();
    return false;
  }
}

/** Also if this process is interrupted. The address in the page works once, so it is worth nothing then. */
function removeLater(page: string, [program, ...words]: Remover, env: NodeJS.ProcessEnv): void {
  spawn(program, [...words, page, String(pageLasts)], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    env: childEnvironment(env),
  }).unref();
}

/**
 * A browser from a snap reads neither hidden folders nor the system's /tmp, but it reads files in
 * the user's home (snapd, interface `home`).
 */
function folderFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  return platform === 'linux' ? env['HOME'] || homedir() : tmpdir();
}

function pageTo(address: string): string {
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<meta name="referrer" content="no-referrer">',
    `<meta http-equiv="refresh" content="0; url=${new URL(address).href}">`,
    '<title>Stint</title>',
    '',
  ].join('\n');
}

import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInBrowser, type BrowserOptions } from './open-in-browser.ts';

/**
 * Opens a secret address in the user's browser. Argument lists are public, so the browser gets a page
 * (0600) that redirects there, which is removed when the promise `used` is done.
 * Resolves with whether a browser started; never rejects.
 */
export async function openWindowPage(
  address: string,
  used: Promise<unknown>,
  options: BrowserOptions,
): Promise<boolean> {
  const { env, platform = process.platform } = options;
  const page = join(folderFor(platform, env), `stint-${randomUUID()}.html`);
  const remove = () => rmSync(page, { force: true });
  const leave = () => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    writeFileSync(page, pageTo(address), { mode: 0o600, flag: 'wx' });
    const opening = await openInBrowser(page, options);
    if (opening === undefined) return false;
    const failed = new Promise<boolean>((resolve) => {
      opening.once('exit', (code) => {
        if (code !== 0) resolve(false);
      });
    });
    const done = used.then(
      () => true,
      () => true,
    );
    return await Promise.race([failed, done]);
  } catch {
    return false;
  } finally {
    remove();
    process.off('SIGINT', leave).off('SIGTERM', leave);
  }
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

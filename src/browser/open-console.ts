import { browserTarget, type ConsoleBrowser } from '../models/console-browser.ts';
import { browserOpener, type ConsoleSession } from './console-browser.ts';
import type { Remover } from './open-in-browser.ts';
import { oneTimeAddress } from './one-time-address.ts';
import { openWindowPage } from './window-page.ts';

/** How long a browser may take to start, in milliseconds. */
const browserPatience = 20_000;

export interface ConsoleOptions {
  readonly session: ConsoleSession;
  readonly browser: ConsoleBrowser;
  /** Stint's folder, for browser profiles. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  /** See `openWindowPage`. */
  readonly remover?: Remover;
}

/**
 * Opens the web console at `url`, which may be a secret, in the browser that the settings name. Resolves
 * with whether a browser opened it in time.
 */
export async function openConsole(
  url: string,
  { session, browser, home, env, remover }: ConsoleOptions,
): Promise<boolean> {
  const once = await oneTimeAddress(url);
  const late = AbortSignal.timeout(browserPatience);
  const gaveUp = new Promise<void>((_, reject) => {
    late.addEventListener('abort', () => {
      reject(new Error('no browser came'));
    });
  });
  try {
    const opened = once.used.then(() => true);
    const used = Promise.race([opened, gaveUp]);
    const opener = browserOpener(browser, { session, home, env });
    await openWindowPage(browserTarget(once.address, browser, session), used, {
      env,
      remover,
      ...(opener === undefined ? {} : { opener }),
    });
    return await Promise.race([opened, Promise.resolve(false)]);
  } finally {
    once.close();
  }
}

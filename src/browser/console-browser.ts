import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { forgetSecrets } from '../models/child-environment.ts';
import type { ConsoleBrowser } from '../models/console-browser.ts';
import type { Opener } from './open-in-browser.ts';

export interface ConsoleSession {
  readonly sessionId: string;
  readonly sessionName: string;
}

/** How the browser is started; undefined for the user's own, unchanged. `home`: Stint's folder. */
export function browserOpener(
  browser: ConsoleBrowser,
  {
    session: { sessionId },
    home,
    env,
  }: { readonly session: ConsoleSession; readonly home: string; readonly env: NodeJS.ProcessEnv },
): Opener | undefined {
  switch (browser) {
    case 'default':
      return undefined;
    case 'chrome-profile': {
      const folder = join(home, 'console', sessionId);
      return async (target) => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const { default: open, apps } = await import('open');
        forgetSecrets(process.env);
        const options = [
          `--user-data-dir=${folder}`,
          '--no-first-run',
          '--no-default-browser-check',
        ];
        return await open(target, {
          newInstance: true,
          app: { name: env['STINT_BROWSER'] || apps.chrome, arguments: options },
        });
      };
    }
    case 'firefox-container':
      return async (target) => {
        const { default: open, apps } = await import('open');
        forgetSecrets(process.env);
        return await open(target, { app: { name: apps.firefox } });
      };
  }
}

import type { ChildProcess } from 'node:child_process';
import { forgetSecrets } from '../models/child-environment.ts';

/** Starts what the system opens addresses with; the process it returns may end at once. */
export type Opener = (target: string) => Promise<ChildProcess>;

/** The words that run remove-page.ts, which removes a file after a time. */
export type Remover = readonly [string, ...string[]];

export interface BrowserOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  /** The package `open`, if omitted; it knows WSL, snaps and PowerShell. */
  readonly opener?: Opener;
}

/**
 * Opens an address or a file in the user's browser. Resolves with the process that does it, or with
 * undefined if there is no screen or no browser. Never rejects, and does not keep the process alive.
 * Every process of the machine can read the address in the argument list: for a secret one, see
 * `openWindowPage`.
 */
export async function openInBrowser(
  target: string,
  { env, platform = process.platform, opener = openWithSystem }: BrowserOptions,
): Promise<ChildProcess | undefined> {
  if (!hasScreen(platform, env)) return undefined;
  try {
    return await opener(target);
  } catch {
    return undefined;
  }
}

async function openWithSystem(target: string): Promise<ChildProcess> {
  const { default: open } = await import('open');
  // It hands on the environment of this process. `Shell.env` is a copy and keeps them.
  forgetSecrets(process.env);
  return await open(target);
}

/** Without a screen xdg-open would start a text browser in the terminal. */
export function hasScreen(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'BROWSER', 'WSL_DISTRO_NAME'].some((name) => env[name]);
}

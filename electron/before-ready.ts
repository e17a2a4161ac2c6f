import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DesktopOptions } from './desktop-options.ts';
import { guardContents } from './guards/guard-contents.ts';
import type { Runtime } from './runtime.ts';
import { appScheme } from './scheme/address.ts';
import { registerScheme } from './scheme/privileges.ts';

/**
 * What has to be set up before the runtime is ready: names, Chromium's folder, scheme, sandbox, guards.
 * Returns that folder; undefined if another instance runs, which shows its window while this one ends.
 */
export function setUpBeforeReady(
  runtime: Runtime,
  { home, platform, isSignInPage }: DesktopOptions,
): string | undefined {
  const { app } = runtime;
  app.setName('Stint');
  app.setAppUserModelId('dev.stint.Stint');
  const folder = join(home, 'desktop');
  mkdirSync(folder, { recursive: true, mode: 0o700 }); // the runtime needs an existing folder
  app.setPath('userData', folder);
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return undefined;
  }
  registerScheme(runtime.protocol);
  app.enableSandbox();
  guardContents(runtime, isSignInPage);
  // The installer of Windows registers none; on macOS and Linux the package names the scheme.
  if (app.isPackaged && platform === 'win32') app.setAsDefaultProtocolClient(appScheme);
  return folder;
}

import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { join } from 'node:path';
import { electronRuntime } from '../../../scripts/electron-runtime.ts';
import { scratchComputer, type ScratchComputer } from '../../fixtures/agent-process.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'dist', 'electron', 'main.cjs');

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** The desktop app in the real runtime, Chromium's sandbox on, on a computer of its own. */
export async function launchDesktop(computer: ScratchComputer): Promise<Desktop> {
  const program = electronRuntime();
  if (program === undefined)
    throw new Error('there is no Electron runtime; see test/electron/README.md');
  const app = await _electron.launch({
    executablePath: program,
    args: [main],
    cwd: computer.folder,
    chromiumSandbox: process.getuid?.() !== 0, // Chromium refuses its sandbox to root
    env: { ...process.env, ...computer.env, STINT_NODE: process.execPath },
  });
  return { app, page: await app.firstWindow() };
}

export const test = base.extend<{ computer: ScratchComputer; desktop: Desktop }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what is needed
  computer: async ({}, use) => {
    const computer = await scratchComputer({});
    await use(computer);
    await computer.remove();
  },
  desktop: async ({ computer }, use) => {
    const desktop = await launchDesktop(computer);
    await use(desktop);
    await desktop.app.close().catch(() => undefined);
  },
});

import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { join } from 'node:path';
import { connectAdmin, type AdminClient } from '../../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../../practice-cloud/practice-cloud.ts';
import { electronRuntime } from '../../../scripts/electron-runtime.ts';
import { scratchComputer, type ScratchComputer } from '../../support/agent-process.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'dist', 'electron', 'main.cjs');

export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** The desktop app in the real runtime, Chromium's sandbox on, on its own scratch computer. */
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

interface Fixtures {
  readonly practice: PracticeCloud;
  readonly cloud: AdminClient;
  readonly computer: ScratchComputer;
  readonly desktop: Desktop;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what is needed
  practice: async ({}, use) => {
    const practice = await startPracticeCloud();
    await use(practice);
    await practice.close();
  },
  cloud: async ({ practice }, use) => {
    await use(connectAdmin(practice));
  },
  computer: async ({ practice }, use) => {
    const computer = await scratchComputer({ stsEndpoint: practice.stsEndpoint });
    await use(computer);
    await computer.remove();
  },
  desktop: async ({ computer }, use) => {
    const desktop = await launchDesktop(computer);
    await use(desktop);
    await desktop.app.close().catch(() => undefined);
  },
});

import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';
import { findBrowser } from '../../src/services/sign-in/find-browser.ts';

/** Debian's Chromium that never has a window: the same pages in half the time of the processor. */
const withoutWindows = '/usr/bin/chromium-headless-shell';

/** Chromium without a window on the screen, for the pages that tests look at. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: existsSync(withoutWindows) ? withoutWindows : (findBrowser() ?? 'chromium'),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

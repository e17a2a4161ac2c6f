import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../../test/support/launch-chromium.ts';
import { many } from '../many-sessions.ts';
import { installProbe } from './in-page/probe.ts';

/** For whatever the browser is waited for, in milliseconds. */
const patience = 120_000;

/**
 * Does the work with a browser that has no window on the screen, and ends it afterwards. Debian's Chromium without
 * windows, where it is: the other works for its own window too, half a second when that opens and 1 % of a core
 * afterwards, whatever the page does.
 */
export async function inChromium<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchChromium();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/**
 * Does the work with a page that has nothing in its cache and nothing stored, and closes it afterwards.
 * `isProbed`: whether it notes its frames, for which it draws one after the other.
 */
export async function onPage<T>(
  browser: Browser,
  work: (page: Page) => Promise<T>,
  { isProbed = true }: { readonly isProbed?: boolean } = {},
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 820 } });
  try {
    context.setDefaultTimeout(patience);
    if (isProbed) await context.addInitScript(installProbe, many);
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { patience } from './see.ts';

/** A page that shares nothing with the others of the browser, and waits as long as `see` does. */
export async function newWindow(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  return await context.newPage();
}

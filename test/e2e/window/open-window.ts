import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchChromium } from '../../support/launch-chromium.ts';
import { newWindow } from '../../support/new-window.ts';
import { see } from '../../support/see.ts';
import { computerForEachTest, type Computer, type ComputerOptions } from '../cli/computer.ts';

export interface WindowTest {
  readonly computer: Computer;
  readonly page: Page;
  /** The errors on the page's console; a good page has none. */
  readonly complaints: readonly string[];
  /** Opens another window, at a new address. */
  open(options?: BrowserContextOptions): Promise<Page>;
}

export const laptop = { width: 1400, height: 820 };

/** The window sizes of the pictures. */
export const sizes = [
  { name: '1400x820', viewport: { width: 1400, height: 820 }, deviceScaleFactor: 1 },
  { name: '1000x640', viewport: { width: 1000, height: 640 }, deviceScaleFactor: 1 },
  // 1400 × 820 at 200 % zoom: half as many pixels of the page, each twice as large.
  { name: 'zoom-200', viewport: { width: 700, height: 410 }, deviceScaleFactor: 2 },
] as const;

/** A computer with a running agent for each test, and its window in real Chromium. */
export function windowForEachTest(options: ComputerOptions = {}): WindowTest {
  const computer = computerForEachTest(options);
  const complaints: string[] = [];
  let browser: Browser | undefined;
  let page: Page | undefined;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    complaints.length = 0;
    page = await open();
  });
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
  });

  async function open(context: BrowserContextOptions = {}): Promise<Page> {
    if (browser === undefined) throw new Error('The browser is there only inside a test.');
    const opened = await newWindow(browser, { viewport: laptop, ...context });
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(error.message));
    const { stdout } = await computer.stint(['ui', '--no-open']);
    await opened.goto(stdout.trim());
    await opened.getByText('Up to date').waitFor();
    return opened;
  }

  return {
    computer,
    complaints,
    open,
    get page() {
      if (page === undefined) throw new Error('The page is there only inside a test.');
      return page;
    },
  };
}

/** The row of a session in the list. */
export function row(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
}

/** Opens a page by its entry in the side bar. */
export async function goTo(page: Page, title: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('button', { name: title })
    .click();
  // Open questions have a heading as well.
  await see(page.locator('#page-title')).toBeVisible();
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { row, type Row } from '../row.ts';
import { inChromium, onPage } from './chromium.ts';
import type { Pages } from './pages.ts';

/** How long nobody does anything, in milliseconds: a whole minute, in which each countdown changes once. */
const idle = 60_000;
/** Until a page that was opened is at rest: the window asks once more for a newer release after 30 s. */
const untilAtRest = 40_000;

/** What the browser does while nobody uses the page, in all its processes. */
export async function measureIdling(pages: Pages, active: number): Promise<readonly Row[]> {
  const [limit, ours] = await Promise.all([
    idleShare((page) => pages.openEmptyPage(page)),
    idleShare((page) => pages.openWindowAlone(page)),
  ]);
  return [
    row(
      `window: idle with ${active} active sessions (empty page: ${(limit * 100).toFixed(2)} %)`,
      ours * 100,
      '% of a core',
      { atMost: 0.5 },
    ),
  ];
}

async function idleShare(open: (page: Page) => Promise<void>): Promise<number> {
  return await inChromium((browser) =>
    onPage(
      browser,
      async (page) => {
        await open(page);
        await pause(untilAtRest);
        const before = await cpuTime(browser);
        await pause(idle);
        return ((await cpuTime(browser)) - before) * (1000 / idle);
      },
      { isProbed: false },
    ),
  );
}

/** Of all processes of the browser, in seconds. */
async function cpuTime(browser: Browser): Promise<number> {
  const client = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await client.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { cpuTime: seconds }) => sum + seconds, 0);
  } finally {
    await client.detach();
  }
}

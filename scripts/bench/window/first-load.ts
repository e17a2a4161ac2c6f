import type { Browser, Page } from 'playwright-core';
import { row, type Row } from '../row.ts';
import { onPage } from './chromium.ts';
import type { Pages } from './pages.ts';
import { bytesOf, isOfFirstLoad, type Loaded } from './wire.ts';

/** What crosses the wire until the first sessions are shown, and which pages load their code only when opened. */
export async function measureFirstLoad(browser: Browser, pages: Pages): Promise<readonly Row[]> {
  const empty = await onPage(browser, (page) => recorded(page, () => pages.openEmptyPage(page)));
  return await onPage(browser, async (page) => {
    const first = (await recorded(page, () => pages.openWindow(page))).filter(isOfFirstLoad);
    const early = await pagesInFirstLoad(page);
    const kB = bytesOf(first) / 1000;
    return [
      row(
        `window: first load with the first 100 sessions, ${first.length} answers (empty page: ${(
          bytesOf(empty) / 1000
        ).toFixed(1)})`,
        kB,
        'kB on the wire',
        { atMost: 180 },
      ),
      row(
        `window: pages whose code is in the first load${early.length === 0 ? '' : ` (${early.join(', ')})`}`,
        early.length,
        'pages',
        { atMost: 0 },
      ),
    ];
  });
}

/** The other pages that load no script when they are opened. */
async function pagesInFirstLoad(page: Page): Promise<readonly string[]> {
  const headings = {
    Integrations: 'Integrations',
    Profiles: 'Profiles',
    Import: 'Import',
    'On this machine': 'What Stint changed on this machine',
    History: 'History',
    Settings: 'Settings',
  };
  const early: string[] = [];
  for (const [name, heading] of Object.entries(headings)) {
    const loaded = await recorded(page, async () => {
      const entry = page.getByRole('navigation').getByRole('button', { name, exact: true });
      await entry.click();
      // Its own: the page before it has one, too.
      const own = { name: heading, level: 2, exact: true };
      await page.getByRole('main').getByRole('heading', own).waitFor();
    });
    if (!loaded.some(({ url }) => url.endsWith('.js'))) early.push(name);
  }
  return early;
}

/** What the page loads meanwhile; of an answer without an end, such as the events, what came until then. */
async function recorded(page: Page, work: () => Promise<void>): Promise<readonly Loaded[]> {
  const loaded = new Map<string, { url: string; bytes: number }>();
  const client = await page.context().newCDPSession(page);
  try {
    client.on('Network.requestWillBeSent', ({ requestId, request }) => {
      loaded.set(requestId, { url: request.url, bytes: 0 });
    });
    client.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      const one = loaded.get(requestId);
      if (one !== undefined) one.bytes += encodedDataLength;
    });
    // With the headers of the answer.
    client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const one = loaded.get(requestId);
      if (one !== undefined) one.bytes = encodedDataLength;
    });
    await client.send('Network.enable');
    await work();
    return [...loaded.values()];
  } finally {
    await client.detach();
  }
}

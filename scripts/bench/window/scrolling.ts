import type { Browser, Page } from 'playwright-core';
import { row, type Row } from '../row.ts';
import { samplesOf } from '../samples.ts';
import { onPage } from './chromium.ts';
import type { Pages } from './pages.ts';
import { intervals } from './frames.ts';
import { longest, traced } from './trace.ts';

/** Turns of the wheel, each by most of a screenful. */
const turns = 80;
const turn = 600;

/** The times between frames while the list is scrolled, beside the empty page's. */
export async function measureScrolling(browser: Browser, pages: Pages): Promise<readonly Row[]> {
  return await onPage(browser, (empty) =>
    onPage(browser, async (page) => {
      await pages.openEmptyPage(empty);
      await pages.openWindow(page);
      await page.getByRole('row').nth(3).hover();
      const limit = await scroll(empty);
      const frames: number[] = [];
      const tasks = await traced({ browser, page, name: 'scrolling' }, async () => {
        frames.push(...(await scroll(page)));
      });
      return [
        row(
          'window: longest frame while scrolling',
          Math.max(...frames),
          'ms',
          { atMost: 50 },
          { ours: samplesOf(frames), limit: samplesOf(limit) },
        ),
        row('window: longest task while scrolling', longest(tasks), 'ms of the processor', {
          atMost: 50,
        }),
      ];
    }),
  );
}

async function scroll(page: Page): Promise<readonly number[]> {
  await page.bringToFront();
  await page.evaluate(() => stintBench.takeFrames());
  for (const direction of [1, -1]) {
    for (let at = 0; at < turns / 2; at += 1) await page.mouse.wheel(0, direction * turn);
  }
  return intervals(await page.evaluate(() => stintBench.takeFrames()));
}

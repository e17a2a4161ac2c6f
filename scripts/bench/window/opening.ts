import type { Browser } from 'playwright-core';
import { many } from '../many-sessions.ts';
import { ratioRow, row, type Row } from '../row.ts';
import { samplesOf } from '../samples.ts';
import { onPage } from './chromium.ts';
import type { Pages } from './pages.ts';

const rounds = 5;

/** From the navigation, with nothing cached: the first paint, and all sessions listed. */
export async function measureOpening(browser: Browser, pages: Pages): Promise<readonly Row[]> {
  const [empty, painted, listed]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round <= rounds; round += 1) {
    const limit = await onPage(browser, async (page) => {
      await pages.openEmptyPage(page);
      return await page.evaluate(() => stintBench.firstPaint());
    });
    const ours = await onPage(browser, async (page) => {
      await pages.openWindow(page);
      const all = await page.evaluate(() => stintBench.listed());
      return { first: await page.evaluate(() => stintBench.firstPaint()), all };
    });
    // The first round only warms up.
    if (round === 0) continue;
    empty.push(limit);
    painted.push(ours.first);
    listed.push(ours.all);
  }
  const limit = samplesOf(empty);
  const all = samplesOf(listed);
  return [
    ratioRow(
      'window: first paint after its navigation',
      '× an empty Angular page',
      { atMost: 2 },
      { ours: samplesOf(painted), limit },
    ),
    row(
      `window: ${many} sessions listed after its navigation`,
      all.median,
      'ms',
      { atMost: 600 },
      { ours: all, limit },
    ),
  ];
}

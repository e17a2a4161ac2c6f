import type { Browser, Page } from 'playwright-core';
import { row, type Row } from '../row.ts';
import { samplesOf } from '../samples.ts';
import { onPage } from './chromium.ts';
import type { Pages } from './pages.ts';
import { longest, traced } from './trace.ts';

const rounds = 3;
/** Each key lists fewer sessions than the one before, and each removal more. (Every session id has a 4.) */
const keys = ['3', '2', '1', '7', 'Backspace', 'Backspace', 'Backspace', 'Backspace'];
/** A column in its usual order, in the other, and the usual order of the list again. */
const clicks = 3;

/** From a key or a click to the frame that shows its answer, beside a key in the empty page. */
export async function measureAnswers(browser: Browser, pages: Pages): Promise<readonly Row[]> {
  return await onPage(browser, (empty) =>
    onPage(browser, async (page) => {
      await pages.openEmptyPage(empty);
      await pages.openWindow(page);
      const [typed, sorted, limit]: [number[], number[], number[]] = [[], [], []];
      for (let round = 0; round < rounds; round += 1) {
        limit.push(...(await typeKeys(empty, 'echo')));
        typed.push(...(await typeKeys(page, 'list')));
        sorted.push(...(await sort(page)));
      }
      // Tracing takes time itself, so it has its own rounds.
      await page.bringToFront();
      const typing = await traced({ browser, page, name: 'typing' }, async () => {
        for (let round = 0; round < rounds; round += 1) await typeKeys(page, 'list');
      });
      const sorting = await traced({ browser, page, name: 'sorting' }, async () => {
        for (let round = 0; round < rounds; round += 1) await sort(page);
      });
      const answers = {
        limit: samplesOf(limit),
        typed: samplesOf(typed),
        sorted: samplesOf(sorted),
      };
      const rowOf = (what: string, ours: typeof answers.typed, cpu: number) => [
        row(
          `window: ${what}, to the frame that shows it`,
          ours.p99,
          'ms',
          { atMost: 50 },
          { ours, limit: answers.limit },
        ),
        row(`window: ${what}, longest task`, cpu, 'ms of the processor', { atMost: 50 }),
      ];
      return [
        ...rowOf('a key in the search', answers.typed, longest(typing)),
        ...rowOf('a sort', answers.sorted, longest(sorting)),
      ];
    }),
  );
}

async function typeKeys(page: Page, shown: 'list' | 'echo'): Promise<readonly number[]> {
  await page.bringToFront();
  await page.getByRole('searchbox').focus();
  const times: number[] = [];
  for (const key of keys) {
    times.push(await timed(page, ['keydown', shown], () => page.keyboard.press(key)));
  }
  return times;
}

async function sort(page: Page): Promise<readonly number[]> {
  await page.bringToFront();
  const head = page.getByRole('columnheader').getByRole('button', { name: 'Profile', exact: true });
  const times: number[] = [];
  for (let click = 0; click < clicks; click += 1) {
    times.push(await timed(page, ['click', 'list'], () => head.click()));
  }
  return times;
}

async function timed(
  page: Page,
  watched: readonly [type: string, shown: 'list' | 'echo'],
  act: () => Promise<void>,
): Promise<number> {
  await page.evaluate(([type, shown]) => {
    stintBench.watch(type, shown);
  }, watched);
  await act();
  return await page.evaluate(() => stintBench.answer());
}

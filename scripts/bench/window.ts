import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser } from '../../src/services/sign-in/find-browser.ts';
import { buildPage } from '../build-window.ts';
import { stint, type Scratch } from '../demo/scratch.ts';
import { addUserSession, onComputer } from './computer.ts';
import { serveFolder } from './empty-server.ts';
import { many, writeHome } from './many-sessions.ts';
import { row, type Row, type Subject } from './row.ts';
import { samplesOf, type Samples } from './samples.ts';
import { longestTask } from './trace.ts';

/*
 * The window with 5,000 sessions in real Chromium, beside an empty Angular page in the same browser.
 * Its traces (chrome://tracing, ui.perfetto.dev) are in test-results/bench.
 */

const root = join(import.meta.dirname, '..', '..');
const traces = join(root, 'test-results', 'bench');
const navigations = 5;
/** For what the page is to reach, in milliseconds. */
const patience = 30_000;
/** How long idling is watched, in milliseconds. */
const idleTime = 20_000;

export const windowSubject: Subject = { name: 'window', measure: measureWindow };

async function measureWindow(): Promise<readonly Row[]> {
  await mkdir(traces, { recursive: true });
  await buildPage('empty-page');
  const empty = await serveFolder(join(root, 'dist', 'empty-page'));
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? 'chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    return await onComputer(async (computer) => {
      await writeHome(String(computer.scratch.env['STINT_HOME']), many - 1);
      await addUserSession(computer, 'anna');
      await stint(computer.scratch, ['start', 'anna']);
      return await rowsOf(browser, computer.scratch, empty.url);
    });
  } finally {
    await browser.close();
    empty.close();
  }
}

async function rowsOf(browser: Browser, scratch: Scratch, emptyUrl: string): Promise<Row[]> {
  const first = await firstLoad(browser, scratch);
  const page = await openWindow(browser, scratch);
  const beside = await (await browser.newContext()).newPage();
  await beside.goto(emptyUrl);
  const ours = await navigationTimes(page, isListed);
  const limit = await navigationTimes(beside, "document.querySelector('h1') !== null");
  const idle = await taskShare(page);
  const emptyIdle = await taskShare(beside);
  const { key, sort, scroll } = await interact(browser, page);
  const atMost50 = { atMost: 50 };
  return [
    row(
      `the window: ${many} sessions listed after navigation, beside an empty Angular page`,
      ...([ours.median, 'ms', { atMost: 600 }, { ours, limit }] as const),
    ),
    row('the window: the slowest key in the search, to its paint', key, 'ms', atMost50),
    row('the window: the slowest click that sorts, to its paint', sort, 'ms', atMost50),
    row('the window: the longest task while scrolling', scroll, 'ms', atMost50),
    row('the window: idle, with an active session', idle, '% of a core', { atMost: 0.5 }),
    row('an empty Angular page: idle', emptyIdle, '% of a core', { atMost: 0.5 }),
    row('the window: first load with the first 100 sessions', first, 'kB', { atMost: 180 }),
  ];
}

/** In the page: whether all sessions are counted, and rows of them are drawn. */
const isListed = `
  document.querySelector('stint-segments b')?.textContent.trim() === '${many}' &&
  document.querySelector('stint-session-row') !== null`;

async function openWindow(browser: Browser, scratch: Scratch): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 820 } });
  const page = await context.newPage();
  await page.goto((await stint(scratch, ['ui', '--no-open'])).trim());
  await until(page, isListed);
  return page;
}

/** Its value, once it is one. Through the debugger: the page's security policy forbids `eval`. */
async function until(page: Page, expression: string): Promise<unknown> {
  const giveUpAt = performance.now() + patience;
  while (performance.now() < giveUpAt) {
    const value = await page.evaluate<unknown>(expression);
    if (value) return value;
    await page.waitForTimeout(50);
  }
  throw new Error(`The page never reached: ${expression}`);
}

/** From the navigation to the frame after `isThere`, of some reloads. */
async function navigationTimes(page: Page, isThere: string): Promise<Samples> {
  await page.addInitScript(`{
    const isThere = () => ${isThere};
    const look = () => requestAnimationFrame(() => {
      if (isThere()) setTimeout(() => { globalThis.thereAt = performance.now(); });
      else look();
    });
    look();
  }`);
  // A page behind another one draws no frames.
  await page.bringToFront();
  const times: number[] = [];
  for (let nth = 0; nth <= navigations; nth += 1) {
    await page.reload();
    const at = Number(await until(page, 'globalThis.thereAt'));
    if (nth > 0) times.push(at);
  }
  return samplesOf(times);
}

/** Kilobytes on the wire until the first 100 sessions are there, in a browser that has kept nothing. */
async function firstLoad(browser: Browser, scratch: Scratch): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const urls = new Map<string, string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, response }) => {
    urls.set(requestId, response.url);
  });
  const done = new Promise<void>((resolve) => {
    let isDone = false;
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!isDone) bytes += encodedDataLength;
      if (!(urls.get(requestId) ?? '').includes('limit=100')) return;
      isDone = true;
      resolve();
    });
  });
  await page.goto((await stint(scratch, ['ui', '--no-open'])).trim());
  await done;
  await context.close();
  return bytes / 1000;
}

/** The share of a core that the page's main thread takes while nothing happens, in per cent. */
async function taskShare(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.waitForTimeout(2_000);
  const before = await metricsOf(session);
  await page.waitForTimeout(idleTime);
  const after = await metricsOf(session);
  const worked = (after.get('TaskDuration') ?? 0) - (before.get('TaskDuration') ?? 0);
  await session.detach();
  return (100 * worked) / (idleTime / 1000);
}

async function metricsOf(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** The slowest key and click in milliseconds to the next paint (Event Timing API), and the longest task of a scroll. */
async function interact(browser: Browser, page: Page) {
  await page.bringToFront();
  await page.evaluate(`
    globalThis.seenEvents = [];
    new PerformanceObserver((list) => {
      seenEvents.push(...list.getEntries().map(({ name, duration }) => ({ name, duration })));
    }).observe({ type: 'event', durationThreshold: 16 });
  `);
  const slowest = async (...names: readonly string[]) => {
    await page.waitForTimeout(500);
    const seen = await page.evaluate<{ name: string; duration: number }[]>('seenEvents');
    return Math.max(
      0,
      ...seen.filter(({ name }) => names.includes(name)).map((one) => one.duration),
    );
  };
  await browser.startTracing(page, { path: join(traces, 'window-keys.json') });
  await page.getByRole('searchbox').click();
  await page.keyboard.type('account-04 operator', { delay: 120 });
  for (let nth = 0; nth < 19; nth += 1) await page.keyboard.press('Backspace', { delay: 60 });
  const key = await slowest('keydown', 'keypress', 'input');
  for (const column of ['Session', 'Started', 'Session', 'Started']) {
    await page.getByRole('button', { name: column, exact: true }).click();
    await page.waitForTimeout(200);
  }
  const sort = await slowest('click', 'pointerup', 'mouseup');
  await browser.stopTracing();
  await browser.startTracing(page, { path: join(traces, 'window-scroll.json') });
  await page.getByRole('grid').hover();
  for (let nth = 0; nth < 120; nth += 1) {
    await page.mouse.wheel(0, nth % 30 === 29 ? 20_000 : 360);
    await page.waitForTimeout(20);
  }
  return { key, sort, scroll: longestTask(await browser.stopTracing()) };
}

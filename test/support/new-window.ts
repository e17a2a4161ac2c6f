import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page, Request } from '@playwright/test';
import { keepMessages } from './messages.ts';
import { patience } from './see.ts';

/**
 * How long an answer of the API is held back at most, in milliseconds: with `STINT_LATE_ANSWERS=1000`
 * they come late and out of order, which shows what holds only on a fast machine.
 */
const lateness = Number(process.env['STINT_LATE_ANSWERS'] ?? 0);

/** A page that shares nothing with the others of the browser, and waits as long as `see` does. */
export async function newWindow(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  letKeysWait(page);
  await keepMessages(page);
  if (lateness > 0) {
    await page.route(/\/v1\//, async (route) => {
      await setTimeout(Math.random() * lateness);
      await route.fallback();
    });
  }
  return page;
}

/**
 * A key goes to whatever has the focus then, and unlike a click it does not wait for what it is meant for: on
 * a busy machine, a dialog that is about to close would get it. So it waits until the page has done and drawn
 * what came before.
 */
function letKeysWait(page: Page): void {
  const open = new Set<Request>();
  const isAnswered = (request: Request) => {
    open.delete(request);
  };
  page.on('request', (request) => {
    if (isQuestion(request)) open.add(request);
  });
  page.on('requestfinished', isAnswered);
  page.on('requestfailed', isAnswered);
  const ready = async () => {
    do {
      while (open.size > 0) await setTimeout(5);
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
    } while (open.size > 0);
  };
  const { keyboard } = page;
  const press = keyboard.press.bind(keyboard);
  const type = keyboard.type.bind(keyboard);
  keyboard.press = async (...key) => {
    await ready();
    await press(...key);
  };
  keyboard.type = async (...text) => {
    await ready();
    await type(...text);
  };
}

/** The stream of events stays open. */
function isQuestion(request: Request): boolean {
  const { pathname } = new URL(request.url());
  return pathname.startsWith('/v1/') && !pathname.startsWith('/v1/events');
}

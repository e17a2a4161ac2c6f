import type { Locator, Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { allAppearances, appearances, findings } from './axe.ts';
import { row, windowForEachTest } from './open-window.ts';
import { takesPictures } from './pictures.ts';

/*
 * Every page and everything that opens over one, by the keys of a keyboard alone: axe finds nothing in light,
 * dark, both with more contrast, and forced colours, and nothing is cut off at 700 pixels or from right to left. With
 * STINT_PICTURES=1 each is pictured.
 */

const test = windowForEachTest();

/** More than any page has places for the focus. */
const mostTabs = 200;

/** Presses Tab until the element has the focus, as a person without a mouse does: no script moves it. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await see(wanted).toBeVisible();
  const focused = wanted.and(page.locator(':focus'));
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${wanted.toString()}.`);
}

async function activate(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }).first());
  await page.keyboard.press('Enter');
}

/** The list is one place for Tab; arrow keys move inside it. */
async function goToRow(page: Page, name: string): Promise<void> {
  await tabTo(page, page.locator('[role="row"][tabindex="0"]'));
  const focused = page.locator('[role="row"]:focus');
  await page.keyboard.press('Home');
  // The head of the columns and that of the first group are above it.
  await see(focused).toHaveAttribute('aria-rowindex', '3');
  while ((await row(page, name).and(focused).count()) === 0) {
    const before = (await focused.getAttribute('aria-rowindex')) ?? '';
    await page.keyboard.press('ArrowDown');
    await see(focused).not.toHaveAttribute('aria-rowindex', before);
  }
}

const inNavigation = (title: string) => async (page: Page) => {
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  await tabTo(page, navigation.getByRole('button', { name: title }));
  await page.keyboard.press('Enter');
  await see(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
};

const inSettings = (part: string) => async (page: Page) => {
  await inNavigation('Settings')(page);
  await activate(page, part);
};

interface State {
  readonly name: string;
  readonly open: (page: Page) => Promise<unknown>;
  /** Pressed afterwards, as often as it takes to be back at the list. */
  readonly escapes: number;
}

const states: readonly State[] = [
  { name: 'list', open: (page) => goToRow(page, 'ben'), escapes: 1 },
  { name: 'palette', open: (page) => page.keyboard.press('Control+k'), escapes: 1 },
  {
    name: 'details of production',
    open: async (page) => {
      await goToRow(page, 'payments-prod');
      await see(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    },
    escapes: 0,
  },
  {
    name: 'menu of a row',
    open: async (page) => {
      await page.keyboard.press('Shift+F10');
      await see(page.getByRole('menu')).toBeVisible();
    },
    escapes: 1,
  },
  { name: 'groups', open: (page) => activate(page, /^Group sessions/), escapes: 1 },
  { name: 'columns', open: (page) => activate(page, 'Columns'), escapes: 1 },
  { name: 'filter', open: (page) => activate(page, 'Status'), escapes: 1 },
  {
    name: 'bulk bar',
    open: async (page) => {
      await goToRow(page, 'ben');
      await page.keyboard.press('Control+a');
      await see(page.getByRole('toolbar', { name: /selected/ })).toBeVisible();
    },
    escapes: 1,
  },
  { name: 'form', open: (page) => page.keyboard.press('n'), escapes: 1 },
  { name: 'shortcuts', open: (page) => page.keyboard.press('?'), escapes: 1 },
  { name: 'integrations', open: (page) => page.keyboard.press('i'), escapes: 1 },
  { name: 'profiles', open: inNavigation('Profiles'), escapes: 1 },
  { name: 'import', open: inNavigation('Import'), escapes: 1 },
  { name: 'on this machine', open: inNavigation('On this machine'), escapes: 1 },
  { name: 'history', open: inNavigation('History'), escapes: 1 },
  { name: 'settings', open: inNavigation('Settings'), escapes: 1 },
  { name: 'environment rules', open: inSettings('Environment rules'), escapes: 1 },
  { name: 'security', open: inSettings('Security'), escapes: 1 },
];

/** What is wider than the page, so that it can only be reached by scrolling sideways. */
async function cutOff(page: Page): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(`{
    const width = document.documentElement.clientWidth;
    [...document.querySelectorAll('button, input, select, [role="row"], h2')]
      .filter((one) => one.checkVisibility() && one.closest('pre, table, [popover]') === null)
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.right > width + 1 || box.left < -1))
      .map(({ one }) => one.outerHTML.slice(0, 120));
  }`);
}

async function picture(page: Page, name: string): Promise<void> {
  if (!takesPictures) return;
  const folder = join('test-results', 'window', 'every-page');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(' ', '-')}.png`) });
}

it('every page and everything over it is free of findings, at any width and in both directions', async () => {
  const { page, computer } = test;
  for (const name of ['ben', 'payments-prod', 'lab-dev']) await computer.addUser(name);
  await computer.addUser('locked', { mfa: true });
  const flags = ['--name', 'acme', '--start-url', 'https://e.example', '--region', 'eu-west-1'];
  await computer.stint(['integration', 'add', 'awsSso', ...flags]);
  await computer.stint(['start', 'payments-prod']);
  await computer.stint(['start', 'locked', '--no-wait']);
  await see(row(page, 'lab-dev')).toBeVisible();
  const wide = page.viewportSize() ?? { width: 1400, height: 820 };
  const wrong: string[] = [];
  const note = (where: string, found: readonly string[]) => {
    wrong.push(...found.map((one) => `${where}: ${one}`));
  };
  for (const { name, open, escapes } of states) {
    await open(page);
    note(name, await findings(page, allAppearances));
    for (const appearance of takesPictures ? allAppearances : []) {
      await page.emulateMedia(appearances[appearance]);
      await picture(page, `${name} ${appearance}`.replace(',', ''));
    }
    await page.emulateMedia(appearances.light);
    await page.setViewportSize({ width: 700, height: 820 });
    note(`${name} at 700 pixels`, await cutOff(page));
    await picture(page, `${name} 700`);
    await page.setViewportSize(wide);
    await page.evaluate("document.documentElement.dir = 'rtl'");
    note(`${name} from right to left`, await cutOff(page));
    await picture(page, `${name} rtl`);
    await page.evaluate("document.documentElement.dir = 'ltr'");
    for (let nth = 0; nth < escapes; nth += 1) await page.keyboard.press('Escape');
  }
  expect(wrong).toEqual([]);
  expect(test.complaints).toEqual([]);
}, 900_000);

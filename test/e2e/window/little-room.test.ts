import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { goTo, row, windowForEachTest } from './open-window.ts';

/*
 * A question and the details of a session leave little room: what tells rows apart is not cut, and bars keep one line.
 */

const test = windowForEachTest();

/** The names of sessions that are cut. */
async function cutNames(page: Page): Promise<readonly string[]> {
  return await page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('stint-session-row strong > span:not(.unseen)')]
      .filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => one.textContent)`,
  );
}

/** In pixels. */
async function heightOf(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).boundingBox())?.height ?? 0;
}

it('names are whole, and the bars have one line, beside a question and details', async () => {
  const { page, computer } = test;
  for (const name of ['payments-prod', 'orders-staging', 'ledger-sandbox-eu']) {
    await computer.addUser(name);
  }
  await computer.addUser('break-glass', { mfa: true });
  await computer.stint(['start', 'payments-prod']);
  await computer.stint(['start', 'break-glass', '--no-wait']);
  await see(page.getByRole('group', { name: /MFA code for break-glass/ })).toBeVisible();
  // One definition of active: what is starting is not.
  await see(page.getByRole('button', { name: /^Active ?1$/ })).toBeVisible();
  await see(page.getByText('1 active', { exact: true })).toBeVisible();
  await see(page.getByRole('rowgroup', { name: 'Starting' })).toContainText('break-glass');
  await row(page, 'payments-prod').getByText('payments-prod', { exact: true }).first().click();
  await see(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
  for (const width of [1400, 1200, 1000]) {
    await page.setViewportSize({ width, height: 820 });
    await see.poll(() => cutNames(page)).toEqual([]);
  }
  await page.keyboard.press('Control+a');
  await see(page.getByRole('toolbar', { name: /selected/ })).toBeVisible();
  for (const width of [1400, 1200, 1000]) {
    await page.setViewportSize({ width, height: 820 });
    await see.poll(() => heightOf(page, 'stint-bulk-bar')).toBeLessThan(60);
  }
  await page.setViewportSize({ width: 1400, height: 820 });
  await page.keyboard.press('Escape');
  await see(page.getByRole('toolbar', { name: /selected/ })).toHaveCount(0);
  await see.poll(() => heightOf(page, 'stint-list-toolbar')).toBeLessThan(50);
  await goTo(page, 'History');
  await see.poll(() => heightOf(page, 'search[aria-label="Filters"]')).toBeLessThan(50);
  expect(test.complaints).toEqual([]);
});

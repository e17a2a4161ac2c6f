import { expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

it('the address keeps what the window shows: after a reload, and for Back and Forward', async () => {
  const { page, computer } = test;
  for (const name of ['alpha', 'beta']) await computer.addUser(name);
  await row(page, 'beta').click();
  await page.getByRole('searchbox').fill('bet');
  await see.poll(() => new URL(page.url()).search).toMatch(/^\?q=bet&session=/);
  await page.reload();
  await see(page.getByRole('searchbox')).toHaveValue('bet');
  await see(row(page, 'alpha')).toBeHidden();
  await see(page.getByRole('complementary', { name: 'Details' })).toContainText('beta');

  await page.getByRole('button', { name: 'Integrations' }).click();
  await see(page.getByRole('heading', { name: 'Integrations' })).toBeVisible();
  await see.poll(() => new URL(page.url()).pathname).toBe('/integrations');
  await page.reload();
  await see(page.getByRole('heading', { name: 'Integrations' })).toBeVisible();
  await page.goBack();
  await see(page.getByRole('searchbox')).toHaveValue('bet');
  await see(row(page, 'beta')).toBeVisible();
  await page.goForward();
  await see(page.getByRole('heading', { name: 'Integrations' })).toBeVisible();
  expect(test.complaints).toEqual([]);
});

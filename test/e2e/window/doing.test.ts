import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seeMessage } from '../../support/messages.ts';
import { see } from '../../support/see.ts';
import { blockedProgram } from './blocked-program.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const details = () => test.page.getByRole('complementary', { name: 'Details' });
const bar = () => test.page.getByRole('toolbar', { name: 'Actions on the selected sessions' });

/** Its code is loaded when it is opened first. */
async function openPalette(): Promise<void> {
  await test.page.keyboard.press('Control+k');
  await see(test.page.getByRole('combobox', { name: 'Search sessions and actions' })).toBeFocused();
}

/** What the page does 5 s later it never does from now on: a busy machine may need longer to press Undo. */
async function keepUndo(page: Page): Promise<void> {
  await page.evaluate(`{
    const later = setTimeout;
    globalThis.setTimeout = (work, milliseconds, ...more) =>
      milliseconds === 5_000 ? 0 : later(work, milliseconds, ...more);
  }`);
}

it('five sessions of one customer are started with three actions, and changed together', async () => {
  const { page, computer } = test;
  for (let at = 1; at <= 5; at += 1) await computer.addUser(`acme-${at}`);
  await computer.addUser('other');
  await see(row(page, 'other')).toBeVisible();

  await page.getByRole('searchbox').fill('acme');
  await page.getByRole('checkbox', { name: 'Select all', exact: true }).click();
  await bar().getByRole('button', { name: 'Start' }).click();
  await seeMessage(page, '5 sessions started.');
  await see(page.getByText('5 active', { exact: true })).toBeVisible();

  await bar().getByRole('button', { name: 'Rotate' }).click();
  await seeMessage(page, '5 sessions rotated.');
  const history = await computer.json<{ kind: string }[]>('history', '--kind', 'session-rotated');
  expect(history).toHaveLength(5);

  await bar().getByRole('button', { name: 'Label' }).click();
  await page.getByLabel('Label to add').fill('customer');
  await page.keyboard.press('Enter');
  await bar().getByRole('button', { name: 'Environment' }).click();
  await page.getByRole('menuitem', { name: 'Production' }).click();
  await see(bar()).toContainText('5 production');
  await bar().getByRole('button', { name: 'Region' }).click();
  await page.getByLabel('Region', { exact: true }).fill('eu-north-1');
  await page.keyboard.press('Enter');
  await see(row(page, 'acme-1')).toContainText('eu-north-1');
  await bar().getByRole('button', { name: 'Pin' }).click();
  await see(bar().getByRole('button', { name: 'Unpin' })).toBeVisible();
  // Each action changes the sessions one by one; what is seen is the state of some of them.
  await see
    .poll(() => computer.json('session', 'show', 'acme-5'))
    .toMatchObject({
      labels: ['customer'],
      environment: 'production',
      region: 'eu-north-1',
      pinned: true,
    });

  await bar().getByRole('button', { name: 'Stop' }).click();
  await see(page.getByText('0 active', { exact: true })).toBeVisible();
  await see(bar().getByRole('button', { name: 'Rotate' })).toBeDisabled();
  await bar().getByRole('button', { name: 'Hide' }).click();
  await see(page.getByText('No matching sessions.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await see(row(page, 'other')).toBeVisible();
  expect(test.complaints).toEqual([]);
});

it('the role that was used yesterday starts by two keystrokes and Enter; focus and details follow it', async () => {
  const { page, computer } = test;
  const { keyboard } = page;
  for (const name of ['orders-admin', 'orders-reader', 'other']) await computer.addUser(name);
  await computer.stint(['start', 'orders-reader']);
  await computer.stint(['stop', 'orders-reader']);
  await see(row(page, 'other')).toBeVisible();

  await openPalette();
  await keyboard.press('o');
  await see(page.getByRole('option', { selected: true })).toContainText('orders-reader');
  await keyboard.press('Enter');
  await see(details().getByText(/ left$/)).toBeVisible();
  await see(details()).toContainText('orders-reader');
  await see(row(page, 'orders-reader')).toBeFocused();

  // Actions on it, and commands.
  await openPalette();
  await keyboard.type('orders-r pin');
  await see(page.getByRole('option', { selected: true })).toContainText('Pin');
  await keyboard.press('Enter');
  await see
    .poll(() => computer.json('session', 'show', 'orders-reader'))
    .toMatchObject({
      pinned: true,
    });
  await openPalette();
  await keyboard.type('>open int');
  await keyboard.press('Enter');
  await see(page.getByRole('heading', { name: 'Integrations' })).toBeVisible();
});

it('what is started most often, on the command line too, is found first in a browser that is new', async () => {
  const { page, computer } = test;
  for (const name of ['orders-admin', 'orders-reader']) await computer.addUser(name);
  for (const name of ['orders-reader', 'orders-reader', 'orders-admin']) {
    await computer.stint(['start', name]);
    await computer.stint(['stop', name]);
  }
  await openPalette();
  await see(page.getByRole('option', { selected: true })).toContainText('orders-reader');
  await page.keyboard.press('Enter');
  await see(details().getByText(/ left$/)).toBeVisible();
  await see(details()).toContainText('orders-reader');
  expect(test.complaints).toEqual([]);
});

it('a row has a menu and a double click; a stop names the programs in use and can be undone', async () => {
  const { page, computer } = test;
  const { keyboard } = page;
  await computer.addUser('anna');
  await computer.stint(['session', 'edit', 'anna', '--max-session-seconds', '2h']);
  await row(page, 'anna').dblclick();
  await see(details().getByText(/ left$/)).toBeVisible();

  await details().getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Extend by an hour' }).click();
  await seeMessage(page, 'anna has an hour more.');
  expect(await computer.json('session', 'show', 'anna')).toMatchObject({
    run: { limits: { maxSessionSeconds: 10_800 } },
  });

  await row(page, 'anna').click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Actions on anna' });
  await see(menu.getByRole('menuitem').first()).toBeFocused();
  await keyboard.press('a');
  await see(menu.getByRole('menuitem', { name: 'Assume a role from it…' })).toBeFocused();
  await keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add a chained role' });
  await see(form.getByRole('combobox', { name: 'Parent session' })).toHaveValue('anna');
  await keyboard.press('Escape');
  await see(form).toHaveCount(0);

  const { command, release } = blockedProgram(computer.scratch.folder);
  const program = computer.stint(['exec', 'anna', '--', ...command]);
  await see(details().getByRole('list', { name: 'In use by' })).toContainText('cat');
  await see(row(page, 'anna').getByTitle('In use by cat')).toBeVisible();
  await keepUndo(page);
  const warning = page
    .getByRole('status')
    .filter({ hasText: /anna stops in 5 s\..*In use by cat\./s });
  await details().getByRole('button', { name: 'Stop' }).click();
  await see(warning).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await see(warning).toHaveCount(0);
  await see(details().getByText(/ left$/)).toBeVisible();

  // The second stop does not wait.
  await details().getByRole('button', { name: 'Stop' }).click();
  await details().getByRole('button', { name: 'Stop' }).click();
  await see(details().getByText(/^Stopped, /)).toBeVisible();
  await see(row(page, 'anna').getByTitle('In use by cat')).toHaveCount(0);
  await release();
  await program;
});

it('two stops that are announced with the same words both happen', async () => {
  const { page, computer } = test;
  const programs = [];
  for (const name of ['anna', 'ben']) {
    await computer.addUser(name);
    await computer.stint(['start', name]);
    const folder = join(computer.scratch.folder, name);
    await mkdir(folder);
    const { command, release } = blockedProgram(folder);
    programs.push({ release, ended: computer.stint(['exec', name, '--', ...command]) });
    await see(row(page, name).getByTitle('In use by cat')).toBeVisible();
  }
  await keepUndo(page);
  const check = (name: string) => row(page, name).getByRole('checkbox');
  await check('anna').click();
  await see(bar()).toContainText('1 selected');
  await bar().getByRole('button', { name: 'Stop' }).click();
  await see(page.getByText('In use: anna by cat.')).toBeVisible();
  await check('anna').click();
  await see(bar()).toHaveCount(0);
  await check('ben').click();
  await see(bar()).toContainText('1 selected');
  await bar().getByRole('button', { name: 'Stop' }).click();
  await see(page.getByText('In use: ben by cat.')).toBeVisible();
  await see(page.getByText('In use: anna by cat.')).toBeVisible();
  for (const left of [1, 0]) {
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
    await see(page.getByText(/^In use: /)).toHaveCount(left);
  }
  await see(page.getByText('0 active', { exact: true })).toBeVisible();
  for (const { release, ended } of programs) {
    await release();
    await ended;
  }
});

it('an archived session is found under its own heading, and restored by its button', async () => {
  const { page, computer } = test;
  await computer.addUser('contractor');
  await computer.addUser('other');
  const end = new Date(Date.now() + 1_000).toISOString();
  await computer.stint(['session', 'edit', 'contractor', '--valid-until', end]);
  await see(row(page, 'contractor')).toBeHidden();
  await see(row(page, 'other')).toBeVisible();

  await page.getByRole('button', { name: 'Archived 1' }).click();
  await row(page, 'contractor').click();
  await see(details()).toContainText('Its validity has ended, so it cannot start.');
  await see(details().getByRole('button', { name: 'Start' })).toBeDisabled();
  await details().getByRole('button', { name: 'Restore' }).click();
  await seeMessage(page, 'contractor is valid again.');
  await page.getByRole('button', { name: /^All sessions/ }).click();
  await see(row(page, 'contractor')).toBeVisible();
  expect(test.complaints).toEqual([]);
});

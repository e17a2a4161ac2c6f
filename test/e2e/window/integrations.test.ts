import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { seeMessage } from '../../support/messages.ts';
import { centerUser, practiceCenter } from '../../support/practice-center.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const details = () => test.page.getByRole('complementary', { name: 'Details' });
const item = (name: string) =>
  test.page.getByRole('listitem').filter({ has: test.page.getByRole('heading', { name }) });

/** Adds an integration through its form, by keyboard. */
async function addAcme(page: Page, startUrl: string): Promise<void> {
  await page.keyboard.press('i');
  await page.getByRole('button', { name: 'Add integration' }).click();
  await see(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('acme');
  await page.keyboard.press('Tab');
  await page.keyboard.type(startUrl);
  await page.keyboard.press('Tab');
  await page.keyboard.type('eu-west-1');
  await page.keyboard.press('Enter');
  await see(page.getByRole('dialog')).toBeHidden();
  await see(item('acme')).toContainText('Signed out · 0 sessions · never synced');
}

describe('integrations', () => {
  it('are added, signed in to with the code shown, and synced, and their sessions started', async () => {
    const { page, computer } = test;
    const { startUrl } = await practiceCenter(computer.admin);
    await addAcme(page, startUrl);

    await page.getByRole('button', { name: 'Sync acme' }).click();
    const card = page.getByRole('group', { name: /Sign in to acme/ });
    await see(card).toContainText('for all sessions of acme');
    await see(card).toContainText('Check that the sign-in page shows the same code.');
    await see(item('acme')).toContainText('Signing in…');
    const code = (await card.locator('.code span').first().textContent()) ?? '';
    const link = card.getByRole('link', { name: 'Open sign-in page' });
    expect(await link.getAttribute('href')).toContain(code.trim());
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await computer.admin.approveDevice({ userCode: code.trim(), userName: centerUser });
    await see(card).toBeHidden();
    await see(item('acme')).toContainText('Signed in · 4 sessions · synced');
    await see(item('acme')).toContainText('Last sync: 4 added');
    await page.getByRole('button', { name: 'Sync acme' }).click();
    await see(item('acme')).toContainText('Last sync: 4 unchanged');

    await computer.addUser('anna');
    await page.getByRole('button', { name: /All sessions/ }).click();
    await see(row(page, 'anna')).toBeVisible();
    await page.getByRole('button', { name: 'Sessions of acme' }).click();
    await see(row(page, 'anna')).toBeHidden();
    await row(page, 'payments-prod / Operator').click();
    await see(details().getByText(/^4471-0932-8810 · /)).toBeVisible();
    const way = details().getByRole('list', { name: 'Access path' });
    await see(way.getByRole('listitem')).toHaveText(['acme', 'payments-prod', 'Operator']);
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/ left$/)).toBeVisible();
    expect(await computer.credentialsFile()).toContain('[payments-prod-Operator]');

    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Sign out of acme' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await see(item('acme')).toContainText('Signed out');
    await page.keyboard.press('i');
    await see(details().getByText(/^Integration signed out, /)).toBeVisible();
    await see.poll(() => computer.credentialsFile().catch(() => '')).not.toContain('payments-prod');
    expect(test.complaints).toEqual([]);
  });

  it('mark sessions that are no longer available', async () => {
    const { page, computer } = test;
    const { startUrl } = await practiceCenter(computer.admin);
    await addAcme(page, startUrl);
    await page.getByRole('button', { name: 'Sign in to acme' }).click();
    const code = page
      .getByRole('group', { name: /Sign in to acme/ })
      .locator('.code span')
      .first();
    const userCode = ((await code.textContent()) ?? '').trim();
    await computer.admin.approveDevice({ userCode, userName: centerUser });
    await seeMessage(page, 'Signed in to acme.');
    await page.getByRole('button', { name: 'Sync acme' }).click();
    await see(item('acme')).toContainText('Last sync: 4 added');
    const assignments = [{ accountId: '447109328810', roleName: 'Operator' }];
    await computer.admin.unassign({ startUrl, userName: centerUser, assignments });
    await page.getByRole('button', { name: 'Sync acme' }).click();
    await see(item('acme')).toContainText('Last sync: 3 unchanged, 1 no longer available');
    await page.getByRole('button', { name: 'Sessions of acme' }).click();
    await see(row(page, 'payments-prod / Operator')).toContainText('no longer available');
    await row(page, 'payments-prod / Operator').click();
    await see(details().getByText(/^No longer available from acme since /)).toBeVisible();
  });

  it('are removed with their sessions if that is checked', async () => {
    const { page, computer } = test;
    const { startUrl } = await practiceCenter(computer.admin);
    await addAcme(page, startUrl);
    await page.getByRole('button', { name: 'Sync acme' }).click();
    const code = page
      .getByRole('group', { name: /Sign in to acme/ })
      .locator('.code span')
      .first();
    const userCode = ((await code.textContent()) ?? '').trim();
    await computer.admin.approveDevice({ userCode, userName: centerUser });
    await see(item('acme')).toContainText('4 sessions');
    await page.getByRole('button', { name: 'Remove acme' }).click();
    await see(page.getByLabel('Also remove its 4 sessions')).toBeChecked();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await see(item('acme')).toHaveCount(0);
    await see(page.getByRole('button', { name: /All sessions/ })).toContainText('0');
  });

  it('show errors at their fields, and are not added', async () => {
    const { page, computer } = test;
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByLabel('Start URL').fill('http://acme.example/start');
    await page.getByLabel('Region').fill('Mars!');
    await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
    await see(page.getByText('Enter a name.')).toBeVisible();
    await see(page.getByText('Enter the https address of your AWS access portal.')).toBeVisible();
    await see(page.getByText('Enter a region, such as eu-west-1.')).toBeVisible();
    await see(page.getByLabel('Name', { exact: true })).toBeFocused();
    expect(await computer.json('integration', 'list')).toEqual([]);
  });

  it('show changes made elsewhere at once', async () => {
    const { page, computer } = test;
    await page.keyboard.press('i');
    const flags = [
      '--name',
      'elsewhere',
      '--start-url',
      'https://e.example',
      '--region',
      'eu-west-1',
    ];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    await see(item('elsewhere')).toBeVisible();
    await computer.stint(['integration', 'remove', 'elsewhere', '--yes']);
    await see(item('elsewhere')).toHaveCount(0);
  });
});

describe('identity providers', () => {
  it('are added, changed and removed', async () => {
    const { page } = test;
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add identity provider' }).click();
    await page.getByLabel('Name', { exact: true }).fill('okta');
    await page.getByLabel('Sign-in address').fill('https://acme.okta.com/aws');
    await page.getByRole('dialog').getByRole('button', { name: 'Add identity provider' }).click();
    await see(item('okta')).toContainText('https://acme.okta.com/aws');
    await page.getByRole('button', { name: 'Edit okta' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Okta');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Remove Okta' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await see(item('Okta')).toHaveCount(0);
  });
});

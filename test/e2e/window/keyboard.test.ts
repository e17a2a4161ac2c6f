import { expect, it } from 'vitest';
import { accountId } from '../cli/computer.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

it('the whole journey needs no mouse: add, start with MFA, rotate, edit, stop, remove', async () => {
  const { page, computer } = test;
  const { keyboard } = page;
  const anna = await computer.admin.createUser({ accountId, userName: 'anna', mfa: true });
  const code = () => computer.admin.mfaCode(String(anna.mfaSerial));

  await keyboard.press('n');
  await see(page.getByLabel('Name', { exact: true })).toBeFocused();
  await keyboard.type('anna');
  for (const text of ['eu-west-1', '', anna.accessKeyId, anna.secretAccessKey]) {
    await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Tab');
  await keyboard.type(String(anna.mfaSerial));
  await keyboard.press('Enter');
  await see(row(page, 'anna')).toBeFocused();

  await keyboard.press('s');
  await see(page.getByRole('textbox', { name: /MFA code/ })).toBeFocused();
  await keyboard.type(await code());
  const details = page.getByRole('complementary', { name: 'Details' });
  await see(details.getByText(/ left$/)).toBeVisible();

  // The question is closed, and the focus is back where it was.
  await see(row(page, 'anna')).toBeFocused();
  await keyboard.press('r');
  await see(page.getByRole('textbox', { name: /MFA code/ })).toBeFocused();
  await keyboard.type(await code());
  await see(details.getByText(/^renewed (once|\d+ times)$/)).toBeVisible();

  await see(row(page, 'anna')).toBeFocused();
  await keyboard.press('e');
  await see(page.getByRole('dialog', { name: 'Edit session' })).toBeVisible();
  await keyboard.press('Escape');
  await see(page.getByRole('dialog')).toBeHidden();
  await see(row(page, 'anna')).toBeFocused();

  await keyboard.press('Enter');
  await see(details.getByText(/^Stopped, /)).toBeVisible();
  await see.poll(() => computer.credentialsFile().catch(() => '')).not.toContain('[anna]');

  await keyboard.press('Delete');
  await see(page.getByRole('dialog', { name: 'Remove anna?' })).toBeVisible();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await see(page.getByText('Add your first session')).toBeVisible();
});

it('arrow keys select, / searches, Escape goes back, ? shows the shortcuts', async () => {
  const { page, computer } = test;
  const { keyboard } = page;
  for (const name of ['alpha', 'beta', 'gamma']) await computer.addUser(name);
  await see(row(page, 'gamma')).toBeVisible();

  await keyboard.press('/');
  await keyboard.type('a');
  await keyboard.press('ArrowDown');
  await see(row(page, 'alpha')).toBeFocused();
  await keyboard.press('ArrowDown');
  await see(row(page, 'beta')).toBeFocused();
  await see(row(page, 'beta')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('End');
  await see(row(page, 'gamma')).toBeFocused();
  await keyboard.press('Home');
  await see(row(page, 'alpha')).toBeFocused();
  await keyboard.press('Escape');
  await see(page.getByRole('complementary', { name: 'Details' })).toBeHidden();

  await keyboard.press('?');
  await see(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keyboard.press('Escape');
  await see(page.getByRole('dialog')).toBeHidden();
});

it('a chained role is added by keyboard alone, its parent found by typing', async () => {
  const { page, computer } = test;
  const { keyboard } = page;
  const { sessionId } = await computer.addUser('anna');
  await computer.addUser('ben');
  await see(row(page, 'ben')).toBeVisible();

  await keyboard.press('n');
  await see(page.getByLabel('Name', { exact: true })).toBeFocused();
  await keyboard.press('Shift+Tab');
  await see(page.getByRole('radio', { name: 'IAM user' })).toBeFocused();
  await keyboard.press('ArrowRight');
  await see(page.getByRole('dialog', { name: 'Add a chained role' })).toBeVisible();
  await see(page.getByRole('radio', { name: 'Chained role' })).toBeChecked();
  for (const text of ['audit', 'eu-west-1', '']) {
    await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Tab');
  const parent = page.getByRole('combobox', { name: 'Parent session' });
  await see(parent).toBeFocused();
  await keyboard.press('ArrowDown');
  const options = page.getByRole('listbox').getByRole('option');
  await see(options).toHaveCount(2);
  await keyboard.press('ArrowDown');
  await see(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Escape');
  await see(options).toHaveCount(0);
  await see(page.getByRole('dialog')).toBeVisible();
  await keyboard.type('iam ann');
  await see(options).toHaveCount(1);
  await keyboard.press('Enter');
  await see(parent).toHaveValue('anna');
  for (const text of [`arn:aws:iam::${accountId}:role/Audit`, 'anna']) {
    await keyboard.press('Tab');
    await keyboard.type(text);
  }
  await keyboard.press('Enter');
  await see(row(page, 'audit')).toBeFocused();
  expect(await computer.json('session', 'show', 'audit')).toMatchObject({
    type: 'awsIamRoleChained',
    parentSessionId: sessionId,
  });
});

it('on the integrations page no key reaches the session behind it', async () => {
  const { page, computer } = test;
  const { keyboard } = page;
  await computer.addUser('anna');
  await row(page, 'anna').click();
  await see(page.getByRole('complementary', { name: 'Details' })).toContainText('anna');
  await keyboard.press('i');
  await see(page.getByRole('heading', { name: 'Integrations' })).toBeVisible();
  for (const key of ['Delete', 'e', 's', 'p']) await keyboard.press(key);
  await see(page.getByRole('dialog')).toHaveCount(0);
  await keyboard.press('Escape');
  await see(row(page, 'anna')).toBeVisible();
  expect(await computer.json('session', 'show', 'anna')).toMatchObject({
    status: 'inactive',
    pinned: false,
  });
});

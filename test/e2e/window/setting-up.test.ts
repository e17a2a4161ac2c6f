import { describe, expect, it } from 'vitest';
import { accountId } from '../cli/computer.ts';
import { centerUser, practiceCenter } from '../../support/practice-center.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const dialog = () => test.page.getByRole('dialog');

async function openForm(type: string): Promise<void> {
  await test.page.keyboard.press('n');
  await test.page.getByText(type, { exact: true }).click();
}

describe('a new session', () => {
  it('is tested before it is saved, and a half-filled form is kept without its keys', async () => {
    const { page, computer } = test;
    const { accessKeyId, secretAccessKey } = await computer.admin.createUser({
      accountId,
      userName: 'ines',
    });
    await openForm('IAM user');
    await see(page.getByLabel('Region')).toHaveValue('eu-west-1');
    await page.getByLabel('Name', { exact: true }).fill('ines');
    await page.getByLabel('Region').fill('eu-w');
    await page.getByRole('option', { name: /eu-west-2/ }).click();
    await page.getByLabel('Access key ID').fill(accessKeyId);
    await page.getByLabel('Secret access key').fill('w'.repeat(40));
    await dialog().getByRole('button', { name: 'Test' }).click();
    await see(dialog().getByRole('alert')).toContainText('Check the secret access key');
    await page.keyboard.press('Escape');
    await see(dialog()).toHaveCount(0);

    await openForm('IAM user');
    await see(dialog()).toContainText('Your draft is back');
    await see(page.getByLabel('Name', { exact: true })).toHaveValue('ines');
    await see(page.getByLabel('Region')).toHaveValue('eu-west-2');
    await see(page.getByLabel('Secret access key')).toHaveValue('');
    await page.getByLabel('Access key ID').fill(accessKeyId);
    await page.getByLabel('Secret access key').fill(secretAccessKey);
    await dialog().getByRole('button', { name: 'Test' }).click();
    await see(dialog().getByRole('status')).toContainText(
      `It works: AWS knows you as arn:aws:iam::${accountId}:user/ines.`,
    );
    expect(await computer.json('session', 'list')).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(accessKeyId);
    await dialog().getByRole('button', { name: 'Start over' }).click();
    await see(page.getByLabel('Name', { exact: true })).toHaveValue('');
  });

  it('offers the accounts and roles that the last sync found, and fills in what goes with them', async () => {
    const { page, computer } = test;
    const { startUrl } = await practiceCenter(computer.admin, { accounts: ['shop-prod'] });
    const flags = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    await computer.stint(['integration', 'login', 'acme']);
    const items = await computer.json<{ code: string }[]>('prompt', 'list');
    await computer.admin.approveDevice({ userCode: String(items[0]?.code), userName: centerUser });
    await see
      .poll(async () => (await computer.stint(['integration', 'sync', 'acme'])).code)
      .toBe(0);
    await openForm('SSO role');
    await page.getByLabel('Integration').selectOption('acme');
    await page.getByLabel('Account', { exact: true }).fill('shop');
    await see(page.getByRole('option', { name: /shop-prod/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await see(page.getByLabel('Account name')).toHaveValue('shop-prod');
    const role = page.getByRole('combobox', { name: 'Role' });
    await role.click();
    await see(page.getByRole('listbox').getByRole('option').first()).toContainText('Already added');
    await role.fill('Nobody');
    await page.getByLabel('Name', { exact: true }).fill('nobody');
    await dialog().getByRole('button', { name: 'Test' }).click();
    await see(dialog().getByRole('alert')).toContainText('AWS');
    await page.keyboard.press('Escape');
    await see(dialog()).toHaveCount(0);

    // What the sync added is marked until its details were shown.
    const added = row(page, 'shop-prod / Operator');
    await see(added).toContainText('New');
    await page.keyboard.press('i');
    await page.getByRole('button', { name: '2 new sessions' }).click();
    await added.click();
    await see(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await page.keyboard.press('Escape');
    await see(added).toHaveCount(0);
    await page.reload();
    await see(page.getByRole('button', { name: 'New 1' })).toBeVisible();
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Mark as seen' }).click();
    await see(page.getByRole('button', { name: '1 new session' })).toHaveCount(0);
  });
});

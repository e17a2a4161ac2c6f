import { describe, it } from 'vitest';
import { see } from '../../support/see.ts';
import { windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const dialog = () => test.page.getByRole('dialog');

/** Presses Cancel and a button behind it in one moment, and waits until all that this sets off is over. */
async function cancelAnd(name: string): Promise<void> {
  await test.page.evaluate(`
    const buttons = [...document.querySelectorAll('button')];
    const named = (name) =>
      buttons.find((one) => one.ariaLabel === name || one.textContent.trim() === name);
    named('Cancel').click();
    named(${JSON.stringify(name)}).click();
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
  `);
}

describe('a dialog', () => {
  it('that is opened at the moment another is closed stays open', async () => {
    const { page, computer } = test;
    const url = 'https://acme.okta.com/aws';
    await computer.stint(['idp', 'add', '--name', 'okta', '--url', url]);
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Edit okta' }).click();
    await see(dialog()).toContainText('Edit identity provider');
    await cancelAnd('Add identity provider');
    await see(page.getByRole('heading', { name: 'Add identity provider' })).toBeVisible();
    await cancelAnd('Remove okta');
    await see(dialog()).toContainText('Remove okta?');
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await see(page.getByRole('heading', { name: 'okta' })).toHaveCount(0);
  });

  it('gives the keyboard back when Escape closes it', async () => {
    const { page } = test;
    await page.keyboard.press('i');
    const add = page.getByRole('button', { name: 'Add identity provider' });
    await add.press('Enter');
    await see(page.getByLabel('Name', { exact: true })).toBeFocused();
    await page.keyboard.press('Escape');
    await see(dialog()).toBeHidden();
    await see(add).toBeFocused();
    await add.press('Enter');
    await see(page.getByLabel('Name', { exact: true })).toBeFocused();
  });
});

import { rm, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { findings } from './axe.ts';
import { windowForEachTest } from './open-window.ts';
import { seeScreen } from './pictures.ts';

const test = windowForEachTest();
const passphrase = 'correct horse battery staple';

it('the first run creates the vault, says what opens it, and offers what it found on this machine', async () => {
  const { computer } = test;
  const { scratch } = computer;
  await test.page.context().close();
  await computer.stint(['agent', 'stop']);
  await rm(scratch.home, { recursive: true, force: true });
  // Nobody has chosen a passphrase, and there is no keychain: nothing of the desktop is in the environment.
  scratch.env['STINT_PASSPHRASE'] = '';
  delete scratch.env['STINT_SECRETS'];
  await writeFile(
    scratch.credentialsFile,
    '[anna]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
  );
  const page = await test.open();
  const choice = page.getByRole('list', { name: 'What opens the vault' }).getByRole('listitem');
  await see(choice.first()).toContainText('Not available');
  await see(choice.first().getByRole('button', { name: 'Check again' })).toBeVisible();
  await see(choice.last()).toContainText('Asked for now');
  await see(page.getByRole('heading', { name: 'Create your vault' })).toBeVisible();

  await page.keyboard.press('a');
  const question = page.getByRole('group', { name: /new passphrase/ });
  const field = question.getByRole('textbox', { name: /new passphrase/ });
  await see(field).toBeFocused();
  await page.keyboard.type('password');
  await see(question.getByRole('status')).toContainText('Weak');
  await field.fill(passphrase);
  await see(question.getByRole('status')).toContainText('Good');
  await see(question).toContainText('Nobody can reset it.');
  await question.getByRole('button', { name: 'Show the passphrase' }).click();
  await see(field).toHaveAttribute('type', 'text');
  await question.getByRole('button', { name: 'Show the passphrase' }).click();
  await see(field).toHaveAttribute('type', 'password');
  await seeScreen(page, 'first-run-vault');
  expect(await findings(page)).toEqual([]);
  await see(question.getByRole('button', { name: 'Create vault' })).toBeDisabled();
  await question.getByLabel('The same again').fill(passphrase);
  await page.keyboard.press('Enter');

  await see(page.getByRole('heading', { name: 'Your vault is ready' })).toBeVisible();
  await see(choice.last()).toContainText('In use');
  await see(choice.first()).toContainText('stint passphrase --keychain');
  const found = page.getByRole('list', { name: 'Found on this machine' }).getByRole('listitem');
  await see(found).toContainText('AWS CLI and SDKs');
  await see(found).toContainText('1 session');
  await seeScreen(page, 'first-run-accounts');
  expect(await findings(page)).toEqual([]);
  await found.getByRole('button', { name: 'Preview AWS CLI and SDKs' }).click();
  await see(page.getByRole('heading', { name: 'This would be imported' })).toBeVisible();
  await see.poll(() => new URL(page.url()).pathname).toBe('/import/aws-config');
  expect(test.complaints).toEqual([]);
}, 300_000);

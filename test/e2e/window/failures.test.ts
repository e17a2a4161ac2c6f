import { describe, expect, it } from 'vitest';
import { addSession } from '../../support/window-journeys.ts';
import { practiceCenter } from '../../support/practice-center.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const details = () => test.page.getByRole('complementary', { name: 'Details' });
/** What the page threw and nobody caught; Chromium reports a failed request by itself. */
const uncaught = () => test.complaints.filter((one) => !one.startsWith('Failed to load resource'));

it('a failed renewal is reported even when its history entry cannot be read', async () => {
  const { page, computer } = test;
  const frida = await addSession(page, computer.admin, { userName: 'frida' });
  await computer.admin.setOverrides({ grantedSeconds: 60 });
  await details().getByRole('button', { name: 'Start' }).click();
  await see(details().getByText(/ left$/)).toBeVisible();
  await page.route('**/v1/history*', (route) => route.abort());
  await computer.admin.deactivateKey(frida.accessKeyId);
  await see(page.getByRole('status').getByText(/frida: The renewal failed/)).toBeVisible();
  expect(uncaught()).toEqual([]);
});

describe('when the browser does not allow copying', () => {
  const refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))";

  it('the window says so for a command', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    await row(page, 'anna').click();
    await page.evaluate(refuse);
    await details().getByRole('button', { name: 'Copy command' }).click();
    await see(page.getByText('Cannot copy: the browser does not allow it.')).toBeVisible();
    expect(uncaught()).toEqual([]);
  });

  it('the window says so for a code', async () => {
    const { page, computer } = test;
    const { startUrl } = await practiceCenter(computer.admin);
    const flags = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    await computer.stint(['integration', 'login', 'acme', '--device-code']);
    await page.evaluate(refuse);
    await page.getByRole('button', { name: 'Copy code' }).click();
    await see(page.getByText('Cannot copy: the browser does not allow it.')).toBeVisible();
    expect(uncaught()).toEqual([]);
  });
});

describe('a certificate file', () => {
  async function choose(file: { readonly name: string; readonly buffer: Buffer }): Promise<void> {
    const { page } = test;
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Azure tenant', { exact: true }).click();
    await page.getByLabel('Who signs in').selectOption('An application with a certificate');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Read from a file…' }).click();
    await (await chooser).setFiles([{ ...file, mimeType: 'application/x-pem-file' }]);
  }

  it('that is too large to be one is not read, and the form says so', async () => {
    const { page } = test;
    await choose({ name: 'backup.pem', buffer: Buffer.alloc(300 * 1024, 'x') });
    await see(page.getByText('backup.pem is larger than 256 kB.')).toBeVisible();
    await see(page.getByLabel('Certificate', { exact: true })).toHaveValue('');
  });

  it('that cannot be read is reported at the field', async () => {
    const { page } = test;
    await page.evaluate("File.prototype.text = () => Promise.reject(new Error('not readable'))");
    await choose({ name: 'gone.pem', buffer: Buffer.from('x') });
    await see(page.getByText('gone.pem cannot be read.')).toBeVisible();
    expect(uncaught()).toEqual([]);
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { findings } from './axe.ts';
import { goTo, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

const keysOfAnna =
  '[anna]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';

describe('the import page', () => {
  it('shows what it would make and what it cannot, makes it, and takes it back', async () => {
    const { computer } = test;
    await writeFile(
      join(computer.scratch.folder, '.aws', 'config'),
      '[profile staging]\nrole_arn = arn:aws:iam::222222222222:role/Deploy\nsource_profile = nobody\n',
    );
    await writeFile(computer.scratch.credentialsFile, keysOfAnna);
    const page = await test.open();
    expect(test.complaints).toEqual([]);
    await goTo(page, 'Import');
    await see(page.getByRole('heading', { name: 'Import' })).toBeVisible();
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Preview AWS CLI and SDKs' }).click();
    const staging = main.getByRole('listitem').filter({ hasText: 'staging' });
    await see(staging).toContainText('Stays there');
    await see(staging).toContainText('nobody');
    expect(await findings(page)).toEqual([]);

    await main.getByLabel('Also copy access keys to the vault').check();
    await main.getByRole('button', { name: /^Import 1 session/ }).click();
    await see(main.getByRole('heading', { name: /^Imported/ })).toBeVisible();
    expect(await computer.json('session', 'list')).toMatchObject([{ sessionName: 'anna' }]);

    await main.getByRole('button', { name: /^Undo the last import/ }).click();
    await main.getByRole('button', { name: 'Undo the import' }).click();
    await see(main.getByRole('heading', { name: /^The import was taken back/ })).toBeVisible();
    expect(await computer.json('session', 'list')).toEqual([]);
  });

  it('imports with the keys when both are clicked before either is answered, and only once', async () => {
    const { computer } = test;
    await writeFile(computer.scratch.credentialsFile, keysOfAnna);
    const page = await test.open();
    await goTo(page, 'Import');
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Preview AWS CLI and SDKs' }).click();
    await see(main.getByRole('button', { name: /^Import 1 session/ })).toBeEnabled();
    await page.evaluate(`(() => {
      document.querySelector('article input[type="checkbox"]').click();
      const button = document.querySelector('article button.primary');
      button.click();
      button.click();
    })()`);
    await see(main.getByRole('heading', { name: /^Imported/ })).toBeVisible();
    await see(main.getByRole('button', { name: 'Show sessions' })).toBeVisible();
    await see(main.getByRole('button', { name: /^Undo the last import/ })).toBeEnabled();
    const keys = main.getByRole('listitem').filter({ hasText: /access key/i });
    await see(keys).toContainText('Added');
    expect(await computer.json('session', 'list')).toMatchObject([{ sessionName: 'anna' }]);
    expect(test.complaints).toEqual([]);
  });

  it('previews a chosen export, imports what the window may, and names the command for the rest', async () => {
    const { page, computer } = test;
    const file = join(computer.scratch.folder, 'team.stint');
    const session = (name: string, more = '') =>
      `  - type: awsIamUser\n    sessionName: ${name}\n    region: eu-west-1\n${more}`;
    await writeFile(
      file,
      `version: 1\nsessions:\n${session('anna')}${session('local', '    endpointUrl: https://collector.example\n')}`,
    );
    await goTo(page, 'Import');
    const main = page.getByRole('main');
    const choosing = page.waitForEvent('filechooser');
    await main.getByRole('button', { name: 'Choose a file…' }).press('Enter');
    await (await choosing).setFiles(file);
    const local = main.getByRole('listitem').filter({ hasText: 'local' });
    await see(local).toContainText('Stays there');
    await see(local).toContainText('Run: stint import stint --file team.stint --apply');
    expect(await findings(page)).toEqual([]);
    expect(await computer.json('session', 'list')).toEqual([]);
    await main.getByRole('button', { name: 'Import 1 session' }).click();
    await see(main.getByRole('heading', { name: /^Imported/ })).toBeVisible();
    expect(await computer.json('session', 'list')).toMatchObject([{ sessionName: 'anna' }]);
    expect(test.complaints).toEqual([]);
  });

  it('takes a dropped file, and says what is wrong with one that is not an export', async () => {
    const { page } = test;
    await goTo(page, 'Import');
    const main = page.getByRole('main');
    const drop = async (name: string, text: string) => {
      const file = `new File([${JSON.stringify(text)}], ${JSON.stringify(name)})`;
      const dataTransfer = await page.evaluateHandle(
        `(() => { const data = new DataTransfer(); data.items.add(${file}); return data; })()`,
      );
      const target = page.locator('.export');
      await target.dispatchEvent('dragover', { dataTransfer });
      await target.dispatchEvent('drop', { dataTransfer });
    };
    await drop('notes.txt', 'hello');
    await see(main.getByRole('alert')).toContainText('notes.txt is not an export of Stint');
    await drop('large.stint', ' '.repeat(900_001));
    await see(main.getByRole('alert')).toContainText('stint import stint --file PATH');
    await drop('team.stint', 'version: 1\nsessions: []\n');
    await see(main.getByRole('heading', { name: /^This would be imported/ })).toBeVisible();
    await see(main.getByRole('alert')).toHaveCount(0);
  });
});

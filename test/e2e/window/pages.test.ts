import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { helpOf, type ReleaseManifest } from '../../../scripts/package/release-feed.ts';
import { see } from '../../support/see.ts';
import { findings } from './axe.ts';
import { goTo, row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

describe('the page On this machine', () => {
  it('lists what Stint wrote, and restores one thing or everything', async () => {
    const { page, computer } = test;
    for (const name of ['anna', 'ben', 'payments-prod']) await computer.addUser(name);
    for (const name of ['anna', 'ben']) await computer.stint(['start', name]);
    await goTo(page, 'On this machine');
    const main = page.getByRole('main');
    await see(main.getByText('3 changes in 1 file or folder.')).toBeVisible();
    await computer.stint(['start', 'payments-prod']);
    await see(main.getByText('4 changes in 1 file or folder.')).toBeVisible();
    await see(main.locator('stint-environment-tag')).toHaveText('production');
    expect(test.complaints).toEqual([]);
    expect(await findings(page)).toEqual([]);

    const anna = main.getByRole('listitem').filter({ hasText: 'anna' });
    await anna.getByRole('button', { name: /^Stop and restore/ }).click();
    await see(page.getByRole('dialog')).toContainText('This stops session anna.');
    await page.getByRole('dialog').getByRole('button', { name: 'Stop and restore' }).click();
    await see(main.getByText('3 changes in 1 file or folder.')).toBeVisible();
    expect(await computer.credentialsFile()).not.toContain('[anna]');

    await main.getByRole('button', { name: 'Stop all and restore everything' }).click();
    await see(page.getByRole('dialog')).toContainText(
      /stops sessions (ben, payments-prod|payments-prod, ben)/,
    );
    await page.getByRole('dialog').getByRole('button', { name: 'Stop and restore' }).click();
    await see(main.getByText('Stint holds nothing of yours right now.')).toBeVisible();
    await expect(computer.credentialsFile()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the history page', () => {
  it('follows what happens, filters it in the address, opens an entry and saves it as a file', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    await computer.addUser('ben');
    await goTo(page, 'History');
    const main = page.getByRole('main');
    await see(main.getByText('Verified')).toBeVisible();
    await computer.stint(['start', 'anna']);
    const started = main.getByRole('button', { name: /Started anna/ });
    await see(started).toBeVisible();
    await started.click();
    const detail = main.getByRole('region', { name: /^Started/ });
    await see(detail).toContainText('Session at the start of its run');
    await see(detail).toContainText('eu-west-1');
    expect(test.complaints).toEqual([]);
    expect(await findings(page)).toEqual([]);

    await main.getByLabel('Kind').selectOption('Starts and stops');
    await see(main.getByRole('button', { name: /Session added/ })).toHaveCount(0);
    await see(started).toBeVisible();
    await see.poll(() => new URL(page.url()).search).toBe('?kind=runs');
    await page.reload();
    await see(started).toBeVisible();
    await main.getByRole('combobox', { name: 'Session' }).fill('ben');
    await page.keyboard.press('Enter');
    await see(main.getByText('Nothing happened that these filters show.')).toBeVisible();
    await page.goBack();
    await see(started).toBeVisible();

    const download = page.waitForEvent('download');
    await main.getByRole('button', { name: 'Export CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('stint-history.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines[0]).toMatch(/^entryId,at,kind,/);
    expect(lines).toHaveLength(2);

    await started.click();
    await main.getByRole('button', { name: 'Show session' }).click();
    await see(page.getByRole('complementary', { name: 'Details' })).toContainText('anna');
  });
});

describe('the settings page', () => {
  it('saves as it changes, names what is not saved, and shows the command for the owner’s own', async () => {
    const { page, computer } = test;
    await computer.addUser('orders');
    await goTo(page, 'Settings');
    const main = page.getByRole('main');
    const setting = (label: string) => main.locator('stint-setting-row').filter({ hasText: label });

    await main.getByLabel('Default region').fill('eu-north-1');
    await page.keyboard.press('Enter');
    await see(setting('Default region')).toContainText('Saved');
    await main.getByLabel('End sessions after').fill('8 h');
    await page.keyboard.press('Tab');
    await see(setting('End sessions after')).toContainText('Saved');
    await main.getByLabel('When Stint quits').selectOption('Keep sessions');
    await see(setting('When Stint quits')).toContainText('Saved');
    expect(await computer.json('settings')).toMatchObject({
      defaultRegion: 'eu-north-1',
      defaultMaxSessionSeconds: 28_800,
      onQuit: 'keep-sessions',
    });

    await main.getByLabel('Default region').fill('north of Europe');
    await page.keyboard.press('Enter');
    await see(setting('Default region')).toContainText('must be a region');
    await see(main.getByText('1 value not saved: Default region')).toBeVisible();
    await see(main.getByLabel('Default region')).toHaveValue('north of Europe');
    expect(test.complaints).toEqual([]);
    expect(await findings(page)).toEqual([]);
    await main.getByLabel('Default region').press('Escape');
    await see(main.getByLabel('Default region')).toHaveValue('eu-north-1');
    await see(main.getByText('1 value not saved')).toHaveCount(0);

    await setting('Azure CLI folder').getByText('Change…').click();
    await see(setting('Azure CLI folder')).toContainText(
      'stint settings set azure-config-dir VALUE',
    );

    await main.getByRole('button', { name: 'Environment rules' }).click();
    await see.poll(() => new URL(page.url()).pathname).toBe('/settings/environments');
    await main.getByLabel('Try a name').fill('claims-prod');
    await see(main.getByText('by rule 1')).toBeVisible();
    await main.getByRole('button', { name: 'Add rule' }).click();
    await main.getByLabel('Pattern of rule 4').fill('ord*');
    await page.keyboard.press('Tab');
    await main.getByLabel('What rule 4 looks at').selectOption('Session name');
    await see(main.getByRole('row').filter({ hasText: '1 session' })).toContainText('orders');
    await see
      .poll(async () =>
        (await computer.json<{ environmentRules: unknown[] }>('settings')).environmentRules.at(-1),
      )
      .toEqual({ pattern: 'ord*', looksAt: 'session', environment: 'production' });
  });

  it('saves one change after the other, and keeps what is edited meanwhile', async () => {
    const { page, computer } = test;
    await goTo(page, 'Settings');
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Environment rules' }).click();
    const { promise: isReleased, resolve: release } = Promise.withResolvers<undefined>();
    await page.route(
      '**/v1/settings',
      async (route) => {
        await isReleased;
        await route.fallback();
      },
      { times: 1 },
    );
    await main.getByLabel('Pattern of rule 1').fill('payments*');
    await page.keyboard.press('Tab');
    await main.getByLabel('What rule 1 looks at').selectOption('Session name');
    await main.getByRole('button', { name: 'Add rule' }).click();
    release(undefined);
    await see(main.getByLabel('Pattern of rule 4')).toBeVisible();
    await see
      .poll(async () => await computer.json<{ environmentRules: object[] }>('settings'))
      .toMatchObject({ environmentRules: [{ pattern: 'payments*', looksAt: 'session' }, {}, {}] });
    await see(main.getByLabel('Pattern of rule 4')).toBeVisible();
    await see(main.getByLabel('What rule 1 looks at')).toHaveValue('session');
  });

  it('lists the tokens of programs, revokes one, and locks the vault', async () => {
    const { page, computer } = test;
    await computer.stint(['token', 'create', '--name', 'ci', '--role', 'viewer']);
    await page.goto(`${new URL(page.url()).origin}/settings/security`);
    const main = page.getByRole('main');
    await see(main.getByRole('row').filter({ hasText: 'ci' })).toContainText('Look at everything');
    await main.getByRole('button', { name: 'Revoke token ci' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await see(main.getByRole('row').filter({ hasText: 'ci' })).toHaveCount(0);
    await main.getByRole('button', { name: 'Lock now' }).click();
    await see(main.getByText('The vault is locked Locked')).toBeVisible();
  });

  it('links the pages for help that package.json names, and no others', async () => {
    const { page } = test;
    const manifest = await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8');
    const { guide, problems } = helpOf(JSON.parse(manifest) as ReleaseManifest);
    await page.goto(`${new URL(page.url()).origin}/settings/about`);
    const main = page.getByRole('main');
    await see(main.getByText('Support bundle')).toBeVisible();
    const named = [guide, problems].filter((address) => address !== undefined);
    const links = main.getByRole('link');
    await see(links).toHaveCount(named.length);
    for (const [at, address] of named.entries()) {
      await see(links.nth(at)).toHaveAttribute('href', address);
      await see(links.nth(at)).toHaveAttribute('rel', 'noreferrer');
    }
    expect(test.complaints).toEqual([]);
  });
});

it('every page loads its code only when it is opened', async () => {
  const { page } = test;
  const loaded = async () =>
    (
      await page.evaluate<string[]>(
        "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))",
      )
    ).length;
  const before = await loaded();
  await goTo(page, 'History');
  expect(await loaded()).toBeGreaterThan(before);
  await see(row(page, 'nobody')).toHaveCount(0);
});

describe('the profiles page', () => {
  it('renames a profile, and publishes one once its changes were seen', async () => {
    const { page, computer } = test;
    for (const name of ['anna', 'ben']) await computer.addUser(name);
    const config = () => readFile(join(computer.scratch.folder, '.aws', 'config'), 'utf8');
    await goTo(page, 'Profiles');
    const main = page.getByRole('main');
    await see(main.getByText('2 in use, 0 published')).toBeVisible();
    expect(await findings(page)).toEqual([]);

    await main.getByRole('button', { name: 'Rename profile anna' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New name').fill('ben');
    await page.keyboard.press('Enter');
    await see(dialog).toContainText('Session ben already uses profile ben.');
    await dialog.getByLabel('New name').fill('[anna]');
    await see(dialog).toContainText('The name must not contain brackets');
    await dialog.getByLabel('New name').fill('pay-prod');
    await page.keyboard.press('Enter');
    await see(dialog).toHaveCount(0);
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({
      profileName: 'pay-prod',
    });

    await main.getByRole('button', { name: 'Publish profile pay-prod' }).click();
    await see(dialog.getByRole('region', { name: 'Changes' })).toContainText('[profile pay-prod]');
    await expect(config()).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await see(main.getByText('2 in use, 1 published')).toBeVisible();
    expect(await config()).toContain('[profile pay-prod]');

    await main.getByLabel('Search profiles').fill('pay');
    await see(main.getByRole('rowheader')).toHaveText(['pay-prod']);
    await main.getByRole('button', { name: 'Unpublish profile pay-prod' }).click();
    await dialog.getByRole('button', { name: 'Unpublish' }).click();
    await see(main.getByText('2 in use, 0 published')).toBeVisible();
    await main.getByRole('button', { name: 'anna', exact: true }).click();
    await see(page.getByRole('complementary', { name: 'Details' })).toContainText('anna');
  });
});

import { describe, expect, it } from 'vitest';
import { practiceCenter } from '../../support/practice-center.ts';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { see } from '../../support/see.ts';
import { findings } from './axe.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
describe('axe finds nothing', () => {
  it('in the empty window', async () => {
    const page = await test.open();
    expect(await findings(page)).toEqual([]);
  });

  it('in the list, the details and a question', async () => {
    const { computer } = test;
    await computer.addUser('anna', { mfa: true });
    await computer.addUser('ben');
    const page = await test.open();
    await computer.stint(['start', 'ben']);
    await computer.stint(['start', 'anna', '--no-wait']);
    await row(page, 'ben').click();
    await see(page.getByRole('group', { name: /MFA code/ })).toBeVisible();
    await see(page.getByText('started', { exact: true })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  it('in the form with mistakes, the keys and a confirmation', async () => {
    const { computer } = test;
    await computer.addUser('anna');
    const page = await test.open();
    await page.keyboard.press('n');
    await page.getByLabel('Region').fill('not a region');
    await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
    await see(page.getByText('Enter a name.')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await see(page.locator('dialog')).toHaveCount(0);
    await page.keyboard.press('?');
    await see(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await see(page.locator('dialog')).toHaveCount(0);
    await row(page, 'anna').click();
    await see(page.getByRole('complementary', { name: 'Details' })).toContainText('anna');
    await page.keyboard.press('Delete');
    await see(page.getByRole('dialog', { name: 'Remove anna?' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  it('in the forms of every type and in the integrations', async () => {
    const { computer } = test;
    await computer.addUser('anna');
    const flags = ['--name', 'acme', '--start-url', 'https://e.example', '--region', 'eu-west-1'];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    await computer.stint(['idp', 'add', '--name', 'okta', '--url', 'https://acme.okta.com']);
    const page = await test.open();
    await page.keyboard.press('n');
    for (const type of ['Chained role', 'Federated role', 'SSO role', 'Azure']) {
      await page.getByText(type, { exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
      expect([type, await findings(page)]).toEqual([type, []]);
    }
    await page.getByText('Delivery and limits').click();
    await page.getByLabel('Delivery').selectOption('Endpoint only');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add one…' }).click();
    await see(page.getByRole('dialog', { name: 'Add integration' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('Chained role', { exact: true }).click();
    await page.getByText('Advanced AssumeRole options').click();
    await page.getByRole('button', { name: 'Add tag' }).click();
    await see(page.getByLabel('Name of tag 1')).toBeFocused();
    await page.getByRole('combobox', { name: 'Parent session' }).fill('an');
    await see(page.getByRole('option', { name: /anna/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await see(page.locator('dialog')).toHaveCount(0);
    await page.keyboard.press('i');
    await see(page.getByRole('heading', { name: 'acme' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    for (const name of ['Add integration', 'Add identity provider', 'Remove acme']) {
      await page.getByRole('button', { name }).click();
      await see(page.getByRole('dialog')).toBeVisible();
      expect([name, await findings(page)]).toEqual([name, []]);
      await page.keyboard.press('Escape');
      await see(page.locator('dialog')).toHaveCount(0);
    }
  });

  it('in the details of a chained role, and in a list of one integration', async () => {
    const { computer } = test;
    const { sessionId } = await computer.addUser('anna');
    await computer.stint([
      ...['session', 'add', 'awsIamRoleChained', '--name', 'audit', '--region', 'eu-west-1'],
      ...['--parent-session-id', sessionId, '--role-session-name', 'anna'],
      ...['--role-arn', 'arn:aws:iam::447109328810:role/Audit', '--external-id', 'partner-42'],
    ]);
    const flags = ['--name', 'acme', '--start-url', 'https://e.example', '--region', 'eu-west-1'];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    const page = await test.open();
    await row(page, 'audit').click();
    await see(page.getByRole('list', { name: 'Access path' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sessions of acme' }).click();
    await see(page.getByText('No matching sessions.')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  it('in the form of an Azure tenant, and in the list and details of its sessions', async () => {
    const { computer } = test;
    const flags = ['--name', 'contoso', '--tenant-id', 'contoso.com'];
    const { stdout } = await computer.stint(['integration', 'add', 'azure', ...flags]);
    await computer.stint([
      ...['session', 'add', 'azure', '--name', 'data-lab', '--region', 'westeurope'],
      ...['--integration-id', stdout.trim(), '--subscription-name', 'Pay-As-You-Go'],
      ...['--tenant-id', '72f988bf-86f1-41af-91ab-2d7cd011db47'],
      ...['--subscription-id', '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b'],
    ]);
    const page = await test.open();
    await row(page, 'data-lab').click();
    await see(page.getByRole('list', { name: 'Access path' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Azure tenant', { exact: true }).click();
    for (const who of ['You, in a browser', 'with a client secret', 'with a certificate']) {
      const option = page.getByLabel('Who signs in').locator('option', { hasText: who });
      await page.getByLabel('Who signs in').selectOption(await option.textContent());
      await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
      expect([who, await findings(page)]).toEqual([who, []]);
    }
    await page.keyboard.press('Escape');
    await see(page.locator('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Edit contoso' }).click();
    await see(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  it('in the question of a sign-in', async () => {
    const { computer } = test;
    const { startUrl } = await practiceCenter(computer.admin);
    const flags = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    for (const method of ['--device-code', '--browser']) {
      const page = await test.open();
      await computer.stint(['integration', 'login', 'acme', method]);
      await see(page.getByRole('group', { name: /Sign in to acme/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.context().close();
    }
    const { domain } = await practiceTenant(computer.admin);
    const tenant = ['--name', 'contoso', '--tenant-id', domain];
    await computer.stint(['integration', 'add', 'azure', ...tenant]);
    const page = await test.open();
    await computer.stint(['integration', 'login', 'contoso', '--device-code']);
    await see(page.getByRole('group', { name: /Sign in to contoso/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  it('in a small window', async () => {
    const { computer } = test;
    await computer.addUser('anna');
    const page = await test.open({ viewport: { width: 700, height: 410 } });
    expect(await findings(page)).toEqual([]);
    await row(page, 'anna').click();
    await see(page.getByRole('heading', { name: 'anna' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
});

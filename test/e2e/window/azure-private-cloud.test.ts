import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { see } from '../../support/see.ts';
import { blockedProgram } from './blocked-program.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const details = () => test.page.getByRole('complementary', { name: 'Details' });
const item = (name: string) =>
  test.page.getByRole('listitem').filter({ has: test.page.getByRole('heading', { name }) });

/** Adds a tenant that an application signs in to; its subscription is nightly-jobs. */
async function addNightly(): Promise<void> {
  const { computer } = test;
  const { admin } = computer;
  const { tenantId } = await practiceTenant(admin);
  const { clientId } = await admin.createApp({ tenant: tenantId, name: 'nightly' });
  const { secret } = await admin.addClientSecret({ clientId });
  const principals = [clientId];
  await admin.createSubscription({ tenant: tenantId, name: 'nightly-jobs', principals });
  const body = { kind: 'azure', name: 'nightly', tenantId, clientId };
  const secrets = { clientSecret: secret };
  await callOwner(computer.scratch, 'POST', '/v1/integrations', { ...body, secrets });
  await computer.stint(['integration', 'sync', 'nightly']);
  await see(row(test.page, 'nightly-jobs')).toBeVisible();
}

describe('with a private cloud in the settings', () => {
  it('the form of a tenant offers it first, and the public cloud by name', async () => {
    const { page, computer } = test;
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Azure tenant', { exact: true }).click();
    const cloud = page.getByLabel('Cloud');
    await see(cloud.locator('option:checked')).toHaveText(/Default from settings .localhost:\d+/);
    await page.getByLabel('Name', { exact: true }).fill('contoso');
    await page.getByLabel('Tenant', { exact: true }).fill('contoso.com');
    await cloud.selectOption('Azure (public)');
    await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
    await see(item('contoso')).toContainText('contoso.com · Azure (public)');
    const items = await computer.json<object[]>('integration', 'list');
    expect(items).toMatchObject([{ authorityHost: 'https://login.microsoftonline.com' }]);
  });

  it('a session with a lease limit ends with its last program', async () => {
    const { page, computer } = test;
    await addNightly();
    await row(page, 'nightly-jobs').click();
    await see(details().getByText('Endpoint only')).toBeVisible();
    await page.keyboard.press('e');
    await page.getByText('Delivery and limits').click();
    await see(page.getByLabel('Lease limit')).toHaveCount(0);
    await page.getByLabel('Delivery').selectOption('Endpoint only');
    await page.getByLabel('Lease limit').fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(details().getByText('Lease limit')).toBeVisible();
    await page.keyboard.press('s');
    await see(details().getByText(/ left$/)).toBeVisible();
    await see(details().getByText('stint exec nightly-jobs -- az account show')).toBeVisible();
    await see(details().getByRole('heading', { name: 'In use by' })).toHaveCount(0);

    const { command, release } = blockedProgram(computer.scratch.folder);
    const program = computer.stint(['exec', 'nightly-jobs', '--', ...command]);
    const users = details().getByRole('list', { name: 'In use by' });
    await see(users.getByRole('listitem')).toHaveText(/cat\s*exec · \d+ /);
    await release();
    expect((await program).code).toBe(0);
    await see(details().getByText(/^Lease limit reached, /)).toBeVisible();
    await see(users).toHaveCount(0);
    await see(details().getByText(/^lease limit reached after /)).toBeVisible();
    expect(test.complaints).toEqual([]);
  });
});

import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { seeMessage, shownOnce } from '../../support/messages.ts';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest({ publicAzure: true });
const details = () => test.page.getByRole('complementary', { name: 'Details' });
const item = (name: string) =>
  test.page.getByRole('listitem').filter({ has: test.page.getByRole('heading', { name }) });
const card = () => test.page.getByRole('group', { name: /Sign in to contoso/ });
/** What az would read. */
const azureProfile = () =>
  readFile(join(test.computer.scratch.folder, '.azure', 'azureProfile.json'), 'utf8');

/** Adds a tenant through its form, by keyboard alone. */
async function addContoso(page: Page, tenant: string): Promise<void> {
  await page.keyboard.press('i');
  await page.getByRole('button', { name: 'Add integration' }).press('Enter');
  await see(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await see(page.getByRole('radio', { name: 'Azure tenant' })).toBeChecked();
  await see(page.getByLabel('Tenant', { exact: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('contoso');
  await page.keyboard.press('Tab');
  await page.keyboard.type(tenant);
  await page.keyboard.press('Enter');
  await see(page.getByRole('dialog')).toBeHidden();
  await see(item('contoso')).toContainText('Signed out · 0 sessions · never synced');
}

/** Enters the code that the card shows, as the person would in a browser. */
async function confirmCode(userName: string): Promise<void> {
  const code = (await card().locator('.code span').first().textContent()) ?? '';
  await test.computer.admin.confirmDeviceCode({ userCode: code.trim(), userName });
  await see(card()).toBeHidden();
}

describe('an Azure tenant', () => {
  it('is added, signed in to with a code to enter, synced, and a subscription used and stopped', async () => {
    const { page, computer } = test;
    const { domain, tenantId, userName } = await practiceTenant(computer.admin, {
      guestOf: ['partner'],
    });
    await addContoso(page, domain);
    await see(item('contoso')).toContainText(`${domain} · Azure (public)`);

    await page.getByRole('button', { name: 'Sync contoso' }).click();
    await see(card()).toContainText('Sign in to contoso');
    await see(card()).toContainText('for all sessions of contoso');
    await see(card()).toContainText('Enter this code on the sign-in page');
    await see(item('contoso')).toContainText('Signing in…');
    const link = card().getByRole('link', { name: 'Open sign-in page' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await confirmCode(userName);
    await see(item('contoso')).toContainText('Signed in · 3 sessions · synced');
    await see(item('contoso')).toContainText('Last sync: 3 added');
    expect(await item('contoso').textContent()).not.toMatch(/AWS|portal/);

    await page.getByRole('button', { name: 'Sessions of contoso' }).click();
    await see(row(page, 'payments-prod')).toContainText('Azure');
    await row(page, 'payments-prod').click();
    await see(details()).toContainText(tenantId);
    const way = details().getByRole('list', { name: 'Access path' });
    await see(way.getByRole('listitem')).toHaveText(['contoso', 'payments-prod']);
    await see(details().getByText('Azure CLI', { exact: true }).first()).toBeVisible();
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/ left$/)).toBeVisible();
    await see(row(page, 'payments-prod')).toContainText(/\d+ (min|h)/);
    expect(await azureProfile()).toContain('payments-prod');
    await details().getByRole('tab', { name: 'Azure CLI' }).press('ArrowRight');
    await see(details().getByText('stint exec payments-prod -- az account show')).toBeVisible();

    await page.keyboard.press('Escape');
    await row(page, 'payments-prod').click();
    await page.keyboard.press('s');
    await see(details().getByText(/^Stopped, /)).toBeVisible();
    await see.poll(() => azureProfile().catch(() => '')).not.toContain('payments-prod');
    expect(test.complaints).toEqual([]);
  });
});

describe('a sync', () => {
  it('shows its progress and what it changed', async () => {
    const { page, computer } = test;
    const { admin } = computer;
    const { tenantId, userName } = await practiceTenant(admin, { guestOf: ['partner', 'lab'] });
    await addContoso(page, tenantId);
    await page.getByRole('button', { name: 'Sign in to contoso' }).click();
    await confirmCode(userName);
    await seeMessage(page, 'Signed in to contoso.');
    // Long enough for the page to draw each step; it is over before a busy machine looks at one.
    await admin.setOverrides({ latencyMs: 1_000 });
    const bar = shownOnce(page, 'progress[aria-label="Sync of contoso"]');
    const text = shownOnce(page, 'li', String.raw`\d of 3 tenants, \d subscriptions`);
    await page.getByRole('button', { name: 'Sync contoso' }).click();
    await Promise.all([bar, text]);
    await admin.setOverrides({ latencyMs: 0 });
    await see(item('contoso')).toContainText('Last sync: 4 added');
    await see(page.getByRole('progressbar')).toHaveCount(0);
    await page.getByRole('button', { name: 'Sessions of contoso' }).click();
    await row(page, 'partner').click();
    const way = details().getByRole('list', { name: 'Access path' });
    await see(way.getByRole('listitem')).toHaveText([
      'contoso',
      /^\s*tenant [0-9a-f-]{36}/,
      'partner',
    ]);
  });

  it('that Azure refuses says why and what to do', async () => {
    const { page, computer } = test;
    const { tenantId } = await practiceTenant(computer.admin);
    const { clientId } = await computer.admin.createApp({ tenant: tenantId, name: 'nightly' });
    const body = { kind: 'azure', name: 'contoso', tenantId, clientId };
    const secrets = { clientSecret: 'not-the-secret-of-it' };
    await callOwner(computer.scratch, 'POST', '/v1/integrations', { ...body, secrets });
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Sync contoso' }).click();
    const failure = /The client secret of integration contoso is wrong/;
    await see(page.getByRole('status').getByText(failure)).toBeVisible();
    await see(item('contoso')).toContainText(/Last sync failed: The client secret/);
    await see(item('contoso')).toContainText('Signed out');
    expect(await page.content()).not.toContain(secrets.clientSecret);
  });
});

describe('an application that signs in without a person', () => {
  it('has its secret sent once and never shown; an empty field keeps it', async () => {
    const { page, computer } = test;
    const { admin } = computer;
    const { tenantId } = await practiceTenant(admin);
    const { clientId } = await admin.createApp({ tenant: tenantId, name: 'nightly' });
    const { secret } = await admin.addClientSecret({ clientId });
    await admin.createSubscription({
      tenant: tenantId,
      name: 'nightly-jobs',
      principals: [clientId],
    });
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Azure tenant', { exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('contoso');
    await page.getByLabel('Tenant', { exact: true }).fill(tenantId);
    await see(page.getByLabel('Client secret')).toHaveCount(0);
    await page.getByLabel('Who signs in').selectOption('An application with a client secret');
    const field = page.getByLabel('Client secret');
    await see(field).toHaveAttribute('type', 'password');
    await see(field).toHaveAttribute('autocomplete', 'new-password');
    await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
    await see(page.getByText('Enter the client ID of the app registration.')).toBeVisible();
    await see(page.getByText('Enter the client secret.')).toBeVisible();
    await see(page.getByLabel('Application')).toBeFocused();
    await page.getByLabel('Application').fill(clientId);
    await field.fill(secret);
    await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
    await see(item('contoso')).toContainText(
      `Application ${clientId} signs in with a client secret`,
    );
    await page.getByRole('button', { name: 'Sync contoso' }).click();
    await see(item('contoso')).toContainText('Last sync: 1 added');
    await see(page.getByRole('group', { name: /Sign in/ })).toHaveCount(0);

    await page.getByRole('button', { name: 'Edit contoso' }).click();
    await see(page.getByText('Leave empty to keep the current one.')).toBeVisible();
    await see(page.getByLabel('Client secret')).toHaveValue('');
    await page.getByLabel('Name', { exact: true }).fill('contoso nightly');
    const patched = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save' }).click();
    expect((await patched).postDataJSON()).toEqual({ name: 'contoso nightly' });
    await see(item('contoso nightly')).toContainText('Signed in · 1 session');
    expect(await page.content()).not.toContain(secret);
    expect(test.complaints).toEqual([]);
  });

  it('reads a certificate from a file, and says what is missing in it', async () => {
    const { page } = test;
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Azure tenant', { exact: true }).click();
    await page.getByLabel('Who signs in').selectOption('An application with a certificate');
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Read from a file…' }).press('Enter');
    await (
      await chosen
    ).setFiles({ name: 'app.pem', mimeType: 'text/plain', buffer: Buffer.from(certificate) });
    await see(page.getByLabel('Certificate', { exact: true })).toHaveValue(certificate);
    await see(page.getByText(/^\s*Certificate must .* private key/)).toBeVisible();
    await page.getByLabel('Who signs in').selectOption('You, in a browser');
    await see(page.getByLabel('Certificate', { exact: true })).toHaveCount(0);
  });
});

describe('the form of a tenant', () => {
  it('shows errors at their fields, and adds nothing', async () => {
    const { page, computer } = test;
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Add integration' }).click();
    await page.getByText('Azure tenant', { exact: true }).click();
    await page.getByLabel('Tenant', { exact: true }).fill('not a tenant!');
    await page.getByLabel('Cloud').selectOption('Custom authority host');
    await page.getByLabel('Authority host').fill('http://login.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
    await see(page.getByText('Enter a name.')).toBeVisible();
    await see(
      page.getByText('Enter the tenant ID, or a domain such as contoso.onmicrosoft.com.'),
    ).toBeVisible();
    await see(page.getByText('Enter the https address of the host, without a path.')).toBeVisible();
    await see(page.getByLabel('Name', { exact: true })).toBeFocused();
    expect(await computer.json('integration', 'list')).toEqual([]);
  });

  it('changes the cloud, and nothing else', async () => {
    const { page, computer } = test;
    const flags = ['--name', 'contoso', '--tenant-id', 'contoso.us', '--scope', 'a'];
    await computer.stint(['integration', 'add', 'azure', ...flags]);
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Edit contoso' }).click();
    await page.getByLabel('Cloud').selectOption('Azure US Government');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(item('contoso')).toContainText('contoso.us · Azure US Government');
    await page.getByRole('button', { name: 'Edit contoso' }).click();
    await see(page.getByLabel('Cloud')).toHaveValue('AzureUSGovernment');
    await page.getByLabel('Application').fill('4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(item('contoso')).toContainText('You sign in with application 4f2a9c1e');
    const items = await computer.json<object[]>('integration', 'list');
    expect(items).toMatchObject([
      { authorityHost: 'https://login.microsoftonline.us', tenantId: 'contoso.us' },
    ]);
  });
});

describe('the form of an Azure session', () => {
  it('adds one by hand, with a delivery and its limits', async () => {
    const { page, computer } = test;
    const { tenantId } = await practiceTenant(computer.admin);
    await page.keyboard.press('n');
    await page.getByRole('radio', { name: 'Azure' }).check({ force: true });
    const dialog = page.getByRole('dialog', { name: 'Add an Azure subscription' });
    await page.getByLabel('Name', { exact: true }).fill('by hand');
    await page.getByLabel('Location').fill('westeurope');
    await page.getByRole('button', { name: 'Add one…' }).click();
    const inner = page.getByRole('dialog', { name: 'Add integration' });
    await see(inner.getByRole('radio')).toHaveCount(0);
    await inner.getByLabel('Name', { exact: true }).fill('contoso');
    await inner.getByLabel('Tenant', { exact: true }).fill(tenantId);
    await inner.getByRole('button', { name: 'Add integration' }).click();
    await see(inner).toBeHidden();
    await see(dialog.getByLabel('Integration').locator('option:checked')).toHaveText('contoso');
    await see(dialog.getByLabel('Tenant', { exact: true })).toHaveValue(tenantId);
    await dialog.getByLabel('Subscription', { exact: true }).fill('payments');
    // As long as a person presses: the error of the field that is left must not move what is clicked.
    await dialog.getByText('Delivery and limits').click({ delay: 300 });
    const delivery = dialog.getByLabel('Delivery');
    await see(delivery.locator('option:checked')).toHaveText('Default (Azure CLI)');
    await see(dialog.getByText(/Written to the Azure CLI’s folder/)).toBeVisible();
    await see(dialog.getByLabel('Lease limit')).toHaveCount(0);
    await delivery.selectOption('Endpoint only');
    await see(dialog.getByText(/through stint exec or stint env/)).toBeVisible();
    await dialog.getByLabel('Lease limit').fill('3');
    await dialog.getByLabel('Idle timeout').fill('1 min');
    await dialog.getByRole('button', { name: 'Add session' }).click();
    await see(dialog.getByText(/Enter the subscription ID, such as/)).toBeVisible();
    await see(dialog.getByText('Enter the name of the subscription.')).toBeVisible();
    await see(dialog.getByText('Idle timeout must be at least 15 min.')).toBeVisible();
    const subscriptionId = '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b';
    await dialog.getByLabel('Subscription', { exact: true }).fill(subscriptionId);
    await dialog.getByLabel('Subscription name').fill('Pay-As-You-Go');
    await dialog.getByLabel('Idle timeout').fill('');
    await dialog.getByRole('button', { name: 'Add session' }).click();
    await see(row(page, 'by hand')).toContainText('Pay-As-You-Go · contoso');
    await see(details().getByText('Endpoint only')).toBeVisible();
    expect(await computer.json('session', 'show', 'by hand')).toMatchObject({
      type: 'azure',
      delivery: 'endpoint-only',
      limits: { maxLeases: 3 },
    });
    await page.keyboard.press('e');
    await see(page.getByLabel('Tenant', { exact: true })).toHaveAttribute('readonly', '');
    await page.getByLabel('Delivery').selectOption('Default (Azure CLI)');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(details().getByText('Azure CLI', { exact: true }).first()).toBeVisible();
    const { limits } = await computer.json<{ limits?: object }>('session', 'show', 'by hand');
    expect(limits ?? {}).toEqual({});
    expect(test.complaints).toEqual([]);
  });
});

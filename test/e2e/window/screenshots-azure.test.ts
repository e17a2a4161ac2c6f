import { it } from 'vitest';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { see } from '../../support/see.ts';
import { row, sizes, windowForEachTest } from './open-window.ts';
import { colorSchemes, seeScreen } from './pictures.ts';

/* Every screen about Azure, at every size; see screenshots.test.ts. */

const test = windowForEachTest({ publicAzure: true });

/** A tenant that is signed in to, with two sessions active, and one that waits for a sign-in. */
async function addTenants(): Promise<void> {
  const { computer } = test;
  const { admin } = computer;
  const { domain, userName } = await practiceTenant(admin, {
    subscriptions: ['Pay-As-You-Go', 'payments-dev', 'payments-prod'],
    guestOf: ['data-lab'],
  });
  const add = (name: string, tenant: string, ...flags: readonly string[]) =>
    computer.stint(
      ['integration', 'add', 'azure', '--name', name, '--tenant-id', tenant].concat(flags),
    );
  await add('contoso', domain);
  const gov = ['--authority-host', 'https://login.microsoftonline.us'];
  const agency = await admin.createTenant({ domain: 'agency.example', cloud: 'AzureUSGovernment' });
  const { clientId } = await admin.createApp({
    tenant: agency.tenantId,
    name: 'cli',
    isPublic: true,
  });
  await add('agency', agency.domain, '--client-id', clientId, ...gov);
  await computer.stint(['integration', 'login', 'contoso', '--device-code']);
  const items = await computer.json<{ code: string }[]>('prompt', 'list');
  await admin.confirmDeviceCode({ userCode: String(items[0]?.code), userName });
  await see
    .poll(async () => (await computer.stint(['integration', 'sync', 'contoso'])).code, {
      intervals: [500],
    })
    .toBe(0);
  const labelled = ['--environment', 'production', '--label', 'platform'];
  await computer.stint(['session', 'edit', 'payments-prod', ...labelled]);
  await computer.stint(['start', 'payments-dev']);
  await computer.stint(['start', 'payments-prod']);
  await computer.stint(['integration', 'login', 'agency', '--device-code']);
}

it('is mentioned while there are no sessions', async () => {
  for (const { name, ...size } of sizes) {
    const page = await test.open(size);
    await see(page.getByRole('button', { name: 'Connect an Azure tenant' })).toBeVisible();
    await seeScreen(page, `azure-empty-${name}`);
    await page.keyboard.press('i');
    await see(page.getByText(/or an Azure tenant to get one/)).toBeVisible();
    await seeScreen(page, `azure-empty-integrations-${name}`);
    await page.context().close();
  }
});

it('every screen fits at every size', async () => {
  await addTenants();
  for (const { name, ...size } of sizes) {
    for (const colorScheme of colorSchemes) {
      const page = await test.open({ ...size, colorScheme });
      const picture = (what: string) => seeScreen(page, `azure-${what}-${name}-${colorScheme}`);
      const noDialog = () => see(page.locator('dialog')).toHaveCount(0);
      await see(page.getByRole('group', { name: /Sign in to agency/ })).toBeVisible();
      await picture('question');
      // The row that no question covers, even in the smallest window.
      await row(page, 'payments-prod').getByText('payments-prod', { exact: true }).click();
      await see(page.getByText('started', { exact: true })).toBeVisible();
      await picture('details');
      await page.keyboard.press('e');
      await page.getByText('Delivery and limits').click();
      await page.getByLabel('Delivery').selectOption('Endpoint only');
      await page.getByLabel('Lease limit').focus();
      await picture('form-edit');
      await page.keyboard.press('Escape');
      await noDialog();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await page.getByRole('radio', { name: 'Azure' }).check({ force: true });
      await picture('form');
      await page.getByLabel('Tenant', { exact: true }).fill('contoso.com');
      await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
      await picture('form-mistakes');
      await page.keyboard.press('Escape');
      await noDialog();
      await page.keyboard.press('i');
      await see(page.getByRole('heading', { name: 'contoso' })).toBeVisible();
      await picture('integrations');
      await page.getByRole('button', { name: 'Add integration' }).press('Enter');
      await page.getByText('Azure tenant', { exact: true }).click();
      await picture('integrations-add');
      await page.getByLabel('Who signs in').selectOption('An application with a certificate');
      await page.getByLabel('Certificate', { exact: true }).fill('-----BEGIN CERTIFICATE-----');
      await page.getByRole('dialog').getByRole('button', { name: 'Add integration' }).click();
      await picture('integrations-add-mistakes');
      await page.getByLabel('Certificate', { exact: true }).focus();
      await picture('integrations-add-certificate');
      await page.context().close();
    }
  }
});

import { it } from 'vitest';
import { centerUser, practiceCenter } from '../../support/practice-center.ts';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { see } from '../../support/see.ts';
import { row, sizes, windowForEachTest } from './open-window.ts';
import { colorSchemes, pictureForReadme, seeScreen, takesPictures } from './pictures.ts';

/*
 * Every screen of the window, at every size. With STINT_PICTURES=1 they are pictured in light and
 * dark, and the picture in the README is replaced.
 */

const test = windowForEachTest({ publicAzure: true });

/** A tenant with its subscriptions, one of them active. */
async function addTenant(): Promise<void> {
  const { computer } = test;
  const { domain, userName } = await practiceTenant(computer.admin, {
    subscriptions: ['analytics', 'Pay-As-You-Go', 'Visual Studio Enterprise'],
  });
  await computer.stint(['integration', 'add', 'azure', '--name', 'contoso', '--tenant-id', domain]);
  await computer.stint(['integration', 'login', 'contoso', '--device-code']);
  const items = await computer.json<{ code: string }[]>('prompt', 'list');
  await computer.admin.confirmDeviceCode({ userCode: String(items[0]?.code), userName });
  await see
    .poll(async () => (await computer.stint(['integration', 'sync', 'contoso'])).code, {
      intervals: [500],
    })
    .toBe(0);
  await computer.stint(['start', 'analytics']);
}

/** A chained role, what an Identity Center offers, and integrations in both states. */
async function addOtherSessions(): Promise<void> {
  const { computer } = test;
  const { admin } = computer;
  const { startUrl } = await practiceCenter(admin, {
    accounts: Array.from(
      { length: 18 },
      (_, at) => `shop-${at < 9 ? 'prod' : 'staging'}-${at + 1}`,
    ),
  });
  const flags = ['--start-url', startUrl, '--region', 'eu-west-1'];
  await computer.stint(['integration', 'add', 'awsSso', '--name', 'acme', ...flags]);
  await computer.stint(['integration', 'add', 'awsSso', '--name', 'partner org', ...flags]);
  await computer.stint(['integration', 'login', 'acme']);
  const items = await computer.json<{ code: string }[]>('prompt', 'list');
  await admin.approveDevice({ userCode: String(items[0]?.code), userName: centerUser });
  await see
    .poll(async () => (await computer.stint(['integration', 'sync', 'acme'])).code, {
      intervals: [500],
    })
    .toBe(0);
  await computer.stint(['idp', 'add', '--name', 'Okta', '--url', 'https://acme.okta.com/home/aws']);
  const user = await computer.addUser('anna');
  const chained = ['--name', 'audit-readonly', '--region', 'us-east-1'];
  const role = ['--role-arn', 'arn:aws:iam::210987654321:role/team/Audit'];
  await computer.stint(
    ['session', 'add', 'awsIamRoleChained', ...chained].concat([
      ...['--parent-session-id', user.sessionId, ...role, '--role-session-name', 'anna'],
    ]),
  );
}

it('every screen fits at every size', async () => {
  const { computer } = test;
  for (const [name, environment] of [
    ['payments-prod', 'production'],
    ['orders-staging', 'staging'],
    ['data-lab', 'development'],
    ['legacy-ci', ''],
  ] as const) {
    const { sessionId } = await computer.addUser(name);
    const fields = environment === '' ? [] : ['--environment', environment];
    await computer.stint(['session', 'edit', sessionId, '--label', 'platform', ...fields]);
  }
  await computer.addUser('break-glass', { mfa: true });
  await addOtherSessions();
  await addTenant();
  await computer.stint(['start', 'data-lab']);
  await computer.stint(['stop', 'data-lab']);
  await computer.stint(['start', 'orders-staging']);
  await computer.stint(['start', 'payments-prod']);
  await computer.stint(['start', 'break-glass', '--no-wait']);
  await computer.stint(['integration', 'login', 'partner org', '--device-code']);

  for (const { name, ...size } of sizes) {
    for (const colorScheme of colorSchemes) {
      const page = await test.open({ ...size, colorScheme });
      const picture = (what: string) => seeScreen(page, `${what}-${name}-${colorScheme}`);
      await picture('list');
      await row(page, 'payments-prod').getByText('payments-prod', { exact: true }).first().click();
      await see(page.getByText('started', { exact: true })).toBeVisible();
      await picture('details');
      if (name === '1400x820' && takesPictures) {
        await pictureForReadme(page, `window-${colorScheme}`);
      }
      await page.getByRole('button', { name: 'Close details' }).click();
      await page.getByRole('button', { name: 'Add session' }).click();
      await see(page.getByRole('dialog')).toBeVisible();
      await picture('form');
      await page.getByText('Chained role', { exact: true }).click();
      await page.getByText('Advanced AssumeRole options').click();
      await page.getByRole('combobox', { name: 'Parent session' }).fill('shop');
      await picture('form-chained');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add tag' }).click();
      await see(page.getByLabel('Name of tag 1')).toBeFocused();
      await page.getByLabel('Session policy').fill('{ "Version"');
      await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
      await page.getByLabel('Session policy').focus();
      await picture('form-chained-mistakes');
      await page.getByText('Federated role', { exact: true }).click();
      await picture('form-federated');
      await page.getByText('SSO role', { exact: true }).click();
      await picture('form-sso');
      await page.keyboard.press('Escape');
      await see(page.locator('dialog')).toHaveCount(0);
      await page.keyboard.press('i');
      await see(page.getByRole('heading', { name: 'Integrations' })).toBeVisible();
      await picture('integrations');
      await page.getByRole('button', { name: 'Remove acme' }).click();
      await see(page.getByRole('dialog')).toBeVisible();
      await picture('integrations-remove');
      await page.keyboard.press('Escape');
      await see(page.locator('dialog')).toHaveCount(0);
      await page.getByRole('button', { name: 'Add integration' }).click();
      await see(page.getByRole('dialog')).toBeVisible();
      await picture('integrations-add');
      await page.keyboard.press('Escape');
      await see(page.locator('dialog')).toHaveCount(0);
      await page.keyboard.press('i');
      await see(page.getByRole('heading', { name: 'Integrations' })).toBeHidden();
      await page.getByRole('searchbox').fill('audit-readonly');
      await row(page, 'audit-readonly').click();
      await see(page.getByRole('list', { name: 'Access path' })).toBeVisible();
      await picture('details-chained');
      await page.getByRole('button', { name: 'Close details' }).click();
      await see(page.getByRole('group', { name: /Sign in to partner org/ })).toBeVisible();
      await picture('question-device-code');
      await page.context().close();
    }
  }
});

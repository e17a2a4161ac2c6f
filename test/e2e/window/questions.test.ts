import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { practiceCenter } from '../../support/practice-center.ts';
import { practiceTenant } from '../../support/practice-tenant.ts';
import { see } from '../../support/see.ts';
import { findings } from './axe.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const card = (page: Page, name: RegExp) => page.getByRole('group', { name });

async function addAcme(): Promise<void> {
  const { startUrl } = await practiceCenter(test.computer.admin);
  const flags = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
  await test.computer.stint(['integration', 'add', 'awsSso', ...flags]);
}

describe('a sign-in in the browser', () => {
  it('does not hold back other questions, and its code is copied with one click', async () => {
    const { computer } = test;
    const page = await test.open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await addAcme();
    const anna = await computer.addUser('anna', { mfa: true });
    await computer.stint(['integration', 'login', 'acme', '--device-code']);
    await see(card(page, /Sign in to acme/)).toBeVisible();
    await computer.stint(['start', 'anna', '--no-wait']);

    await page.getByRole('button', { name: 'Copy code' }).click();
    const code = await card(page, /Sign in to acme/)
      .locator('.code span')
      .first()
      .textContent();
    await see.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(code);

    const mfa = page.getByRole('textbox', { name: 'MFA code for anna' });
    await see(mfa).toBeVisible();
    await see(page.getByText('Asked by you, on the command line.').first()).toBeVisible();
    await see(page).toHaveTitle('(2) Sign in to acme — Stint');
    await mfa.fill(await computer.admin.mfaCode(String(anna.mfaSerial)));
    await see(page.getByText('1 active', { exact: true })).toBeVisible();
    await see(card(page, /Sign in to acme/)).toBeVisible();
    await see(page.getByRole('textbox')).toHaveCount(0);
    await see(page).toHaveTitle('(1) Sign in to acme — Stint');
  });

  it('with a callback address accepts that address pasted from another computer', async () => {
    const { page, computer } = test;
    await addAcme();
    await computer.stint(['integration', 'login', 'acme', '--browser']);
    const question = card(page, /Sign in to acme in your browser/);
    const link = question.getByRole('link', { name: 'Open sign-in page' });
    await see(link).toHaveAttribute('target', '_blank');
    const address = new URL(String(await link.getAttribute('href')));
    await see(question.getByRole('button', { name: 'Answer' })).toHaveCount(0);
    await question.getByText('Signing in on another computer?').click();
    const { location } = await computer.admin.authorize({ url: address.href, userName: 'dana' });
    await question.getByLabel('Paste the address of the last page').fill(location);
    await question.getByRole('button', { name: 'Answer' }).click();
    await see(question).toBeHidden();
    await page.keyboard.press('i');
    await see(page.getByText('Signed in', { exact: true })).toBeVisible();
  });

  it('to an Azure tenant accepts the address of the last page too', async () => {
    const { page, computer } = test;
    const { domain, userName } = await practiceTenant(computer.admin);
    const flags = ['--name', 'contoso', '--tenant-id', domain];
    await computer.stint(['integration', 'add', 'azure', ...flags]);
    await computer.stint(['integration', 'login', 'contoso', '--browser']);
    const question = card(page, /Sign in to contoso in your browser/);
    await see(question).toContainText('for all sessions of contoso');
    await see(question).not.toContainText('AWS');
    const link = question.getByRole('link', { name: 'Open sign-in page' });
    const url = String(await link.getAttribute('href'));
    const { location } = await computer.admin.entraAuthorize({ url, userName });
    await question.getByText('Signing in on another computer?').click();
    await question.getByLabel('Paste the address of the last page').fill(location);
    await question.getByLabel('Paste the address of the last page').press('Enter');
    await see(question).toBeHidden();
    await page.keyboard.press('i');
    await see(page.getByText('Signed in', { exact: true })).toBeVisible();
    expect(test.complaints).toEqual([]);
  });

  it('to an Azure tenant that the person declines is reported', async () => {
    const { page, computer } = test;
    const { domain } = await practiceTenant(computer.admin);
    const flags = ['--name', 'contoso', '--tenant-id', domain];
    await computer.stint(['integration', 'add', 'azure', ...flags]);
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Sync contoso' }).click();
    const question = card(page, /Sign in to contoso/);
    const code = (await question.locator('.code span').first().textContent()) ?? '';
    await computer.admin.declineDeviceCode(code.trim());
    await see(question).toBeHidden();
    await see(page.getByText('Signed out', { exact: true })).toBeVisible();
    await see(page.getByText(/Could not sync contoso\./)).toBeVisible();
  });

  it('that is cancelled leaves the integration signed out, and says so', async () => {
    const { page } = test;
    await addAcme();
    await page.keyboard.press('i');
    await page.getByRole('button', { name: 'Sign in to acme' }).click();
    await card(page, /Sign in to acme/)
      .getByRole('button', { name: 'Cancel' })
      .click();
    await see(page.getByText('Not signed in to acme.')).toBeVisible();
  });
});

describe('questions for MFA codes', () => {
  it('leave the keyboard where it is, and stay with their session when a code is refused', async () => {
    const { page, computer } = test;
    const anna = await computer.addUser('anna', { mfa: true });
    await computer.addUser('payments-prod', { mfa: true });
    await page.getByRole('searchbox').focus();
    await computer.stint(['start', 'anna', '--no-wait']);
    await computer.stint(['start', 'payments-prod', '--no-wait']);
    const cards = page.getByRole('group', { name: /^MFA code for/ });
    await see(cards).toHaveCount(2);
    await see(cards.last()).toContainText('production');
    await see(page.getByRole('searchbox')).toBeFocused();

    await page.keyboard.press('ArrowDown');
    await see(page.getByRole('searchbox')).not.toBeFocused();
    await page.keyboard.press('a');
    const first = page.getByRole('textbox', { name: 'MFA code for anna' });
    await see(first).toBeFocused();
    await page.keyboard.press('Escape');
    await see(first).not.toBeFocused();
    await row(page, 'payments-prod').getByRole('button', { name: 'Enter code' }).click();
    await see(page.getByRole('textbox', { name: 'MFA code for payments-prod' })).toBeFocused();
    await page.keyboard.press('Escape');
    await row(page, 'anna').getByRole('button', { name: 'Enter code' }).click();
    await see(first).toBeFocused();
    await page.keyboard.type('000000');
    await see(cards.first()).toContainText('AWS refused that MFA code for anna');
    await see(first).toHaveValue('');
    await see(first).toBeFocused();
    await see(cards).toHaveCount(2);
    await page.keyboard.type(await computer.admin.mfaCode(String(anna.mfaSerial)));
    await see(cards).toHaveCount(1);
    await see(page.getByText('1 active', { exact: true })).toBeVisible();
    expect(test.complaints).toEqual([]);
    expect(await findings(page)).toEqual([]);
  });
});

describe('questions that are answered with a button', () => {
  /** What this machine cannot raise by itself, having no browser to sign in with. */
  async function asked(prompt: object): Promise<{ page: Page; answers: unknown[] }> {
    const answers: unknown[] = [];
    const page = await test.open();
    const expiresAt = new Date(Date.now() + 300_000).toISOString().replace(/\.\d+/, '');
    const promptId = crypto.randomUUID();
    await page.route('**/v1/prompts', (route) =>
      route.fulfill({ json: { items: [{ promptId, expiresAt, ...prompt }] } }),
    );
    await page.route(`**/v1/prompts/${promptId}`, async (route) => {
      answers.push(route.request().postDataJSON());
      await route.fulfill({ status: 204 });
    });
    await page.reload();
    return { page, answers };
  }

  it('open the sign-in window of an identity provider', async () => {
    const { computer } = test;
    await computer.stint(['idp', 'add', '--name', 'Okta', '--url', 'https://acme.okta.com']);
    const items = await computer.json<{ idpId: string }[]>('idp', 'list');
    const added = await computer.stint([
      ...['session', 'add', 'awsIamRoleFederated', '--name', 'upload', '--region', 'eu-west-1'],
      ...['--idp-id', String(items[0]?.idpId), '--role-arn', 'arn:aws:iam::447109328810:role/Up'],
      ...['--idp-arn', 'arn:aws:iam::447109328810:saml-provider/Okta'],
    ]);
    const { page, answers } = await asked({
      kind: 'saml',
      sessionId: added.stdout.trim(),
      account: '447109328810',
      role: 'Up',
      text: 'Sign in at Okta for upload. Answer open to open the window.',
    });
    const question = card(page, /Sign in for upload/);
    await see(question).toContainText('at Okta · role Up · account 4471-0932-8810');
    await see(question.getByRole('textbox')).toHaveCount(0);
    await question.getByRole('button', { name: 'Open sign-in window' }).click();
    await see(question).toBeHidden();
    expect(answers).toEqual([{ answer: 'open' }]);
  });

  it('choose one of several answers', async () => {
    const choices = ['arn:aws:iam::447109328810:role/A', 'arn:aws:iam::447109328810:role/B'];
    const { page, answers } = await asked({ kind: 'choice', text: 'Which role?', choices });
    const question = card(page, /Which role/);
    await see(question.getByRole('listitem')).toHaveText(choices);
    await question.getByRole('button', { name: /role\/B/ }).press('Enter');
    await see(question).toBeHidden();
    expect(answers).toEqual([{ answer: choices[1] }]);
  });
});

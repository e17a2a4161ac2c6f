import { expect as see } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { addSession } from '../../support/window-journeys.ts';
import { row, windowForEachTest } from './open-window.ts';

const own = '# mine\r\n[personal]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\n';
const test = windowForEachTest({ credentials: own });

const addByForm = (userName: string, { mfa = false } = {}) =>
  addSession(test.page, test.computer.admin, { userName, mfa });

const details = () => test.page.getByRole('complementary', { name: 'Details' });
const nextCode = (serial: string | undefined) => test.computer.admin.mfaCode(String(serial));

describe('from an empty window', () => {
  it('a session is added, started with MFA, asks for the next code at renewal and stays active, is stopped, and says why it ended', async () => {
    const { page, computer } = test;
    await see(page.getByText('Add your first session')).toBeVisible();
    const anna = await addByForm('anna', { mfa: true });
    await see(details().getByText('never started')).toBeVisible();

    await computer.admin.setOverrides({ grantedSeconds: 18 });
    await details().getByRole('button', { name: 'Start' }).click();
    const question = page.getByRole('group', { name: /MFA code/ }).getByRole('textbox');
    await see(question).toBeFocused();
    await see(details().getByText('Starting…')).toBeVisible();
    await question.fill('000000');
    await see(page.getByText(/AWS refused that MFA code for anna/)).toBeVisible();
    await see(question).toHaveValue('');
    // As it is pasted from a device that shows two groups.
    const code = await nextCode(anna.mfaSerial);
    await question.focus();
    await page.keyboard.insertText(`${code.slice(0, 3)} ${code.slice(3)}`);
    await see(
      details()
        .getByText(/s left/)
        .first(),
    ).toBeVisible();
    expect(await computer.credentialsFile()).toContain('[anna]');

    // The next code is asked for before the credentials end; until then everything goes on.
    await see(page.getByText('The session stays active on its current credentials')).toBeVisible({
      timeout: 20_000,
    });
    await see(details().getByRole('button', { name: 'Stop' })).toBeEnabled();
    const before = await computer.credentialsFile();
    await question.fill(await nextCode(anna.mfaSerial));
    await see(details().getByText(/^renewed (once|\d+ times)$/)).toBeVisible();
    expect(await computer.credentialsFile()).not.toBe(before);

    await details().getByRole('button', { name: 'Stop' }).click();
    await see(details().getByText(/^stopped, /)).toBeVisible();
    await see(details().getByText(/^stopped after /)).toBeVisible();
    await see.poll(() => computer.credentialsFile()).toBe(own);
    expect(test.complaints).toEqual([]);
  });

  it('a session without MFA renews by itself before everyone’s eyes', async () => {
    const { page, computer } = test;
    await addByForm('ben');
    await computer.admin.setOverrides({ grantedSeconds: 9 });
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/renews by itself in/)).toBeVisible();
    await see(
      details()
        .getByText(/^renewed (once|\d+ times)$/)
        .first(),
    ).toBeVisible({
      timeout: 15_000,
    });
    await see(page.getByText('1 active')).toBeVisible();
  });

  it('a session that is refused says why, and stays where it was', async () => {
    const { page, computer } = test;
    const carl = await addByForm('carl');
    await computer.admin.deactivateKey(carl.accessKeyId);
    await details().getByRole('button', { name: 'Start' }).click();
    await see(page.getByRole('status').getByText(/carl/)).toBeVisible();
    await see(details().getByText(/^failed, /)).toBeVisible();
    await see.poll(() => computer.credentialsFile()).toBe(own);
  });
});

it('a renewal that fails by itself is told, and what there is to do', async () => {
  const { page, computer } = test;
  const frida = await addByForm('frida');
  await computer.admin.setOverrides({ grantedSeconds: 18 });
  await details().getByRole('button', { name: 'Start' }).click();
  await see(details().getByText(/ left$/)).toBeVisible();
  await computer.admin.deactivateKey(frida.accessKeyId);
  const told = page
    .getByRole('status')
    .getByText(/frida: .*Its credentials work until they expire/s);
  await see(told).toBeVisible({ timeout: 20_000 });
  await see(details().getByText(/ left$/)).toBeVisible();
});

describe('the form', () => {
  it('tells what is wrong as it is typed, and sends nothing until it is right', async () => {
    const { page, computer } = test;
    await page.getByRole('button', { name: 'Add your first session' }).click();
    await page.getByLabel('Region').fill('not a region');
    await page.getByLabel('Access key id').fill('nonsense');
    await see(page.getByText(/Region must be a region/)).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
    await see(page.getByText('Name is needed')).toBeVisible();
    await see(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    expect(await computer.json<{ items: unknown[] }>('session', 'list')).toMatchObject({
      items: [],
    });
  });

  it('edits a session and keeps its keys', async () => {
    const { page } = test;
    await addByForm('dora');
    await details().getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Labels').fill('platform, on-call');
    await page.getByLabel('Name', { exact: true }).fill('dora-dev');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(row(page, 'dora-dev')).toBeVisible();
    await see(details().getByText('platform, on-call')).toBeVisible();
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/ left$/)).toBeVisible();
  });

  it('does not overwrite what was changed elsewhere meanwhile', async () => {
    const { page, computer } = test;
    await addByForm('emil');
    await details().getByRole('button', { name: 'Edit' }).click();
    await computer.stint(['session', 'edit', 'emil', '--region', 'us-east-1']);
    await page.getByLabel('Labels').fill('late');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(page.getByText(/changed in the meantime/)).toBeVisible();
  });
});

it('a section of the user’s own is put aside only when they agree, and comes back', async () => {
  const { page, computer } = test;
  await addByForm('personal');
  await details().getByRole('button', { name: 'Start' }).click();
  const asked = page.getByRole('dialog', { name: 'A section of your own is in the way' });
  await asked.getByRole('button', { name: 'Cancel' }).click();
  expect(await computer.credentialsFile()).toBe(own);
  await details().getByRole('button', { name: 'Start' }).click();
  await asked.getByRole('button', { name: 'Put it aside and start' }).click();
  await see(details().getByText(/ left$/)).toBeVisible();
  expect(await computer.credentialsFile()).not.toContain('AKIAIOSFODNN7EXAMPLE');
  await details().getByRole('button', { name: 'Stop' }).click();
  await see(details().getByText(/^stopped, /)).toBeVisible();
  await see.poll(() => computer.credentialsFile()).toBe(own);
});

it('a session is removed once that is confirmed', async () => {
  const { page } = test;
  await addByForm('gone');
  await details().getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await see(page.getByText('Add your first session')).toBeVisible();
});

it('what the command does is seen at once, and found by the search', async () => {
  const { page, computer } = test;
  await computer.addUser('orders');
  await computer.addUser('payments');
  await see(row(page, 'payments')).toBeVisible();
  await computer.stint(['start', 'payments']);
  await see(page.getByRole('rowgroup', { name: 'Active', exact: true })).toContainText('payments');
  await page.getByRole('searchbox').fill('ord');
  await see(row(page, 'payments')).toBeHidden();
  await see(row(page, 'orders')).toBeVisible();
});

it('sorts by name and by start, and says so', async () => {
  const { page, computer } = test;
  for (const name of ['beta', 'alpha', 'gamma']) await computer.addUser(name);
  await computer.stint(['start', 'gamma']);
  await computer.stint(['stop', 'gamma']);
  const names = () => page.getByRole('row').locator('strong').allTextContents();
  await see.poll(names).toEqual(['gamma', 'alpha', 'beta']);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await see.poll(names).toEqual(['alpha', 'beta', 'gamma']);
  const header = page.getByRole('columnheader', { name: 'Session' });
  await see(header).toHaveAttribute('aria-sort', 'ascending');
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await see.poll(names).toEqual(['gamma', 'beta', 'alpha']);
});

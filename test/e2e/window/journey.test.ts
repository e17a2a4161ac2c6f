import { describe, expect, it } from 'vitest';
import { addSession } from '../../support/window-journeys.ts';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const own = '# mine\r\n[personal]\r\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\r\n';
const test = windowForEachTest({ credentials: own });

const addByForm = (userName: string, { mfa = false } = {}) =>
  addSession(test.page, test.computer.admin, { userName, mfa });

const details = () => test.page.getByRole('complementary', { name: 'Details' });
const nextCode = (serial: string | undefined) => test.computer.admin.mfaCode(String(serial));

describe('from an empty window', () => {
  it('a session is added and started with MFA, asks for a code to renew, stays active, is stopped, and says why it ended', async () => {
    const { page, computer } = test;
    await see(page.getByText('Add your first session')).toBeVisible();
    const anna = await addByForm('anna', { mfa: true });
    await see(details().getByText('never started')).toBeVisible();

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
    await see(details().getByText(/ left$/)).toBeVisible();
    expect(await computer.credentialsFile()).toContain('[anna]');

    // Stint asks for the next code; until the credentials expire the session is usable.
    await details().getByRole('button', { name: 'Rotate' }).click();
    await see(
      page.getByText('The session stays active until its current credentials expire'),
    ).toBeVisible();
    await see(details().getByRole('button', { name: 'Stop' })).toBeEnabled();
    const before = await computer.credentialsFile();
    await question.fill(await nextCode(anna.mfaSerial));
    await see(details().getByText(/^renewed (once|\d+ times)$/)).toBeVisible();
    expect(await computer.credentialsFile()).not.toBe(before);

    await details().getByRole('button', { name: 'Stop' }).click();
    await see(details().getByText(/^Stopped, /)).toBeVisible();
    await see(details().getByText(/^stopped after /)).toBeVisible();
    await see.poll(() => computer.credentialsFile()).toBe(own);
    expect(test.complaints).toEqual([]);
  });

  it('a session without MFA renews automatically', async () => {
    const { page, computer } = test;
    await addByForm('ben');
    await computer.admin.setOverrides({ grantedSeconds: 30 });
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/Renews in/)).toBeVisible();
    await see(
      details()
        .getByText(/^renewed (once|\d+ times)$/)
        .first(),
    ).toBeVisible();
    await see(page.getByText('1 active', { exact: true })).toBeVisible();
  });

  it('a session that AWS refuses says why, and changes no file', async () => {
    const { page, computer } = test;
    const carl = await addByForm('carl');
    await computer.admin.deactivateKey(carl.accessKeyId);
    await details().getByRole('button', { name: 'Start' }).click();
    await see(page.getByRole('status').getByText(/carl/)).toBeVisible();
    await see(details().getByText(/^Failed, /)).toBeVisible();
    await see.poll(() => computer.credentialsFile()).toBe(own);
  });
});

it('a renewal that fails in the background is reported', async () => {
  const { page, computer } = test;
  const frida = await addByForm('frida');
  await computer.admin.setOverrides({ grantedSeconds: 60 });
  await details().getByRole('button', { name: 'Start' }).click();
  await see(details().getByText(/ left$/)).toBeVisible();
  await computer.admin.deactivateKey(frida.accessKeyId);
  const told = page
    .getByRole('status')
    .getByText(/frida: .*The current credentials work until they expire/s);
  await see(told).toBeVisible();
});

it('what changes while a button is pressed is shown after the click', async () => {
  const { page, computer } = test;
  await see(page.getByRole('list', { name: 'Found on this machine' })).toBeVisible();
  await page.getByRole('button', { name: 'Add your first session' }).hover();
  await page.mouse.down();
  await computer.addUser('anna');
  await see(row(await test.open(), 'anna')).toBeVisible();
  await see(row(page, 'anna')).toHaveCount(0);
  await page.mouse.up();
  await see(page.getByLabel('Region')).toBeVisible();
  await see(row(page, 'anna')).toHaveCount(1);
});

describe('a button that moves while it is pressed', () => {
  const button = () => test.page.getByRole('button', { name: 'Add your first session' });
  /** As when something above it is drawn late. */
  const moveDown = () =>
    test.page.evaluate("document.querySelector('main').style.paddingTop = '90px'");
  const press = async () => {
    await see(test.page.getByRole('list', { name: 'Found on this machine' })).toBeVisible();
    await button().hover();
    await test.page.mouse.down();
    const before = await button().boundingBox();
    await moveDown();
    const after = await button().boundingBox();
    // The pointer is not over it any more.
    expect(Number(after?.y) - Number(before?.y)).toBeGreaterThan(Number(before?.height) / 2);
  };

  it('gets the click', async () => {
    await press();
    await test.page.mouse.up();
    await see(test.page.getByLabel('Region')).toBeVisible();
  });

  it('gets none when the pointer leaves where it was pressed', async () => {
    await press();
    await test.page.mouse.move(5, 5);
    await test.page.mouse.up();
    await test.page.getByRole('button', { name: 'Settings' }).focus();
    await see(test.page.getByLabel('Region')).toHaveCount(0);
  });
});

describe('the form', () => {
  it('shows errors while typing, and sends nothing until they are fixed', async () => {
    const { page, computer } = test;
    await page.getByRole('button', { name: 'Add your first session' }).click();
    await page.getByLabel('Region').fill('not a region');
    await page.getByLabel('Access key id').fill('nonsense');
    await see(page.getByText('Enter a region, such as eu-west-1.')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
    await see(page.getByText('Enter a name.')).toBeVisible();
    await see(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
    expect(await computer.json('session', 'list')).toEqual([]);
  });

  it('edits a session, and keeps its keys and labels with a comma', async () => {
    const { page, computer } = test;
    await addByForm('dora');
    await details().getByRole('button', { name: 'Edit' }).click();
    for (const label of ['eu, prod', 'platform']) {
      await page.getByLabel('Labels').fill(label);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Remove platform' }).click();
    await page.getByLabel('Labels').fill('on-call'); // counts without Enter
    await page.getByLabel('Name', { exact: true }).fill('dora-dev');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(row(page, 'dora-dev')).toBeVisible();
    await see(details().getByText('eu, prod, on-call')).toBeVisible();
    expect(await computer.json('session', 'show', 'dora-dev')).toMatchObject({
      labels: ['eu, prod', 'on-call'],
    });
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/ left$/)).toBeVisible();
  });

  it('does not overwrite a change made elsewhere meanwhile', async () => {
    const { page, computer } = test;
    await addByForm('emil');
    await details().getByRole('button', { name: 'Edit' }).click();
    await computer.stint(['session', 'edit', 'emil', '--region', 'us-east-1']);
    await page.getByLabel('Labels').fill('late');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(page.getByText(/Someone else changed session emil/)).toBeVisible();
  });
});

it('the user’s own profile is moved aside only with their consent, and is restored', async () => {
  const { page, computer } = test;
  await addByForm('personal');
  await details().getByRole('button', { name: 'Start' }).click();
  const asked = page.getByRole('dialog', { name: 'Your own profile is in the way' });
  await asked.getByRole('button', { name: 'Cancel' }).click();
  expect(await computer.credentialsFile()).toBe(own);
  await details().getByRole('button', { name: 'Start' }).click();
  await asked.getByRole('button', { name: 'Move mine aside and start' }).click();
  await see(details().getByText(/ left$/)).toBeVisible();
  expect(await computer.credentialsFile()).not.toContain('AKIAIOSFODNN7EXAMPLE');
  await details().getByRole('button', { name: 'Stop' }).click();
  await see(details().getByText(/^Stopped, /)).toBeVisible();
  await see.poll(() => computer.credentialsFile()).toBe(own);
});

it('a session is removed after a confirmation', async () => {
  const { page } = test;
  await addByForm('gone');
  await details().getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await see(page.getByText('Add your first session')).toBeVisible();
});

it('changes made by the command show at once, and the search finds them', async () => {
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

it('sorts by name and by start, and tells screen readers', async () => {
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

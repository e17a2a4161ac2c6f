import { expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const toolbar = () => test.page.locator('stint-list-toolbar');
const names = () => test.page.locator('stint-session-row strong').allTextContents();

/** Users with a device, without one, and a role in another account. */
async function addSessions(): Promise<void> {
  const { computer } = test;
  const { sessionId } = await computer.addUser('anna', { mfa: true });
  await computer.addUser('ben');
  const role = ['--role-arn', 'arn:aws:iam::210987654321:role/Audit', '--label', 'on-call'];
  await computer.stint(
    ['session', 'add', 'awsIamRoleChained', '--name', 'audit', '--region', 'us-east-1'].concat([
      ...['--parent-session-id', sessionId, ...role, '--environment', 'production'],
    ]),
  );
}

it('a session is found by account or ARN, filtered, saved as a segment, and still there after a reload', async () => {
  const { page } = test;
  await addSessions();
  await see(row(page, 'audit')).toBeVisible();
  for (const query of ['210987654321', '2109-8765-4321', 'arn:aws:iam::210987654321:role/Audit']) {
    await page.getByRole('searchbox').fill(query);
    await see.poll(names).toEqual(['audit']);
  }
  await see(toolbar().getByRole('status')).toHaveText('1 of 3');
  await page.getByRole('searchbox').fill('');

  await toolbar().getByRole('button', { name: 'Label', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filter by Label' }).getByText('on-call').click();
  await page.keyboard.press('Escape');
  await see(toolbar().getByRole('button', { name: 'Label: on-call' })).toBeFocused();
  await see.poll(names).toEqual(['audit']);
  await toolbar().getByRole('button', { name: 'Save as segment' }).click();
  await page.getByLabel('Name of the segment').fill('On call');
  await page.keyboard.press('Enter');
  await toolbar().getByRole('button', { name: 'Clear the filter Label' }).click();
  await see.poll(names).toHaveLength(3);
  const segment = page.getByRole('button', { name: 'On call 1', exact: true });
  await segment.click();
  await see(segment).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await see.poll(names).toEqual(['audit']);
  await page.goBack();
  await see.poll(names).toHaveLength(3);
  expect(test.complaints).toEqual([]);
});

it('the list is grouped, sorted and has the columns that the person chose, also after a reload', async () => {
  const { page } = test;
  const { keyboard } = page;
  await addSessions();
  await toolbar().getByRole('button', { name: 'Group sessions: By status' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'By account' }).click();
  const group = page.getByRole('rowgroup', { name: '2109-8765-4321' });
  await see(group).toContainText('production');
  await row(page, 'audit').click();
  await keyboard.press('ArrowLeft');
  await see(row(page, 'audit')).toBeHidden();
  await see(group.getByRole('row')).toBeFocused();
  await keyboard.press('Enter');
  await see(row(page, 'audit')).toBeFocused();
  await keyboard.press('Escape');

  await toolbar().getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Type', 'Profile']) {
    await page.getByRole('menuitemcheckbox', { name }).click();
  }
  await keyboard.press('Escape');
  const region = page.getByRole('columnheader', { name: 'Region' });
  await see(page.getByRole('columnheader', { name: 'Type' })).toBeVisible();
  await see(page.getByRole('columnheader', { name: 'Profile' })).toHaveCount(0);
  const before = await region.boundingBox();
  await region.getByRole('separator', { name: 'Column width' }).press('ArrowLeft');
  await see.poll(async () => (await region.boundingBox())?.width).toBe((before?.width ?? 0) + 12);
  await region.getByRole('button').click();
  await see(region).toHaveAttribute('aria-sort', 'ascending');

  await page.reload();
  await see(group).toBeVisible();
  await see(page.getByRole('columnheader', { name: 'Type' })).toBeVisible();
  await see(page.getByRole('columnheader', { name: 'Profile' })).toHaveCount(0);
  await see.poll(async () => (await region.boundingBox())?.width).toBe((before?.width ?? 0) + 12);
  await see(region).toHaveAttribute('aria-sort', 'ascending');
  await see.poll(async () => (await names()).at(-1)).toBe('audit');
});

it('columns are moved by pointer and by keyboard, and the address takes them to another browser', async () => {
  const { page } = test;
  await addSessions();
  await see(row(page, 'audit')).toBeVisible();
  const titles = async (window = page) =>
    (await window.locator('stint-column-head .sort').allTextContents()).map((text) => text.trim());
  const head = (name: string) => page.getByRole('columnheader', { name }).getByRole('button');
  await see
    .poll(() => titles())
    .toEqual(['Session', 'Role', 'Profile', 'Region', 'Started', 'Time left']);

  await head('Region').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await see(head('Region')).toBeFocused();
  await page.keyboard.press('Shift+ArrowLeft');
  await see
    .poll(() => titles())
    .toEqual(['Session', 'Region', 'Role', 'Profile', 'Started', 'Time left']);
  await head('Time left').dragTo(head('Role'));
  const moved = ['Session', 'Region', 'Time left', 'Role', 'Profile', 'Started'];
  await see.poll(() => titles()).toEqual(moved);
  await see(page.getByRole('columnheader', { name: 'Time left' })).toHaveAttribute(
    'aria-sort',
    'none',
  );
  const columns = () => new URL(page.url()).searchParams.get('columns');
  await see.poll(columns).toBe('region.left.role.profile.started');

  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('button', { name: 'History' })
    .click();
  await page.goBack();
  await see.poll(() => titles()).toEqual(moved);
  const elsewhere = await test.open();
  await see.poll(() => titles(elsewhere)).toHaveLength(6);
  await elsewhere.goto(page.url());
  await see.poll(() => titles(elsewhere)).toEqual(moved);

  await toolbar().getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitem', { name: 'Usual columns' }).click();
  await see
    .poll(() => titles())
    .toEqual(['Session', 'Role', 'Profile', 'Region', 'Started', 'Time left']);
  expect(test.complaints).toEqual([]);
});

import { expect, it } from 'vitest';
import { seeMessage } from '../../support/messages.ts';
import { see } from '../../support/see.ts';
import { accountId } from '../cli/computer.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

it('the details open the web console of a role in a new tab; an IAM user has no such button', async () => {
  const { page, computer } = test;
  const { arn, sessionId } = await computer.addUser('anna');
  const roleArn = `arn:aws:iam::${accountId}:role/Audit${Math.random().toString(36).slice(2)}`;
  await computer.admin.createRole({ roleArn, principals: [arn] });
  const session = {
    type: 'awsIamRoleChained',
    sessionName: 'audit',
    region: 'eu-west-1',
    parentSessionId: sessionId,
    roleArn,
    roleSessionName: 'anna',
  };
  await computer.stint(['session', 'add', '--from-json', '-'], { input: JSON.stringify(session) });

  const button = page.getByRole('button', { name: 'Open web console' });
  await row(page, 'anna').click();
  await see(page.getByRole('complementary', { name: 'Details' })).toContainText('anna');
  await see(button).toHaveCount(0);
  await row(page, 'audit').click();
  const opened = page.context().waitForEvent('page');
  await button.click();
  const console = await opened;
  await see(console.getByRole('heading', { name: 'AWS Management Console' })).toBeVisible();
  await see(console.getByText('assumed-role/Audit')).toBeVisible();
  expect(await console.evaluate('window.opener === null')).toBe(true);
  expect(test.complaints).toEqual([]);
});

it('the details copy the account, the role and, while it is active, the credentials', async () => {
  const { page, computer } = test;
  const { arn, sessionId } = await computer.addUser('anna');
  const roleArn = `arn:aws:iam::${accountId}:role/Audit${Math.random().toString(36).slice(2)}`;
  await computer.admin.createRole({ roleArn, principals: [arn] });
  const session = {
    type: 'awsIamRoleChained',
    sessionName: 'audit',
    region: 'eu-west-1',
    parentSessionId: sessionId,
    roleArn,
  };
  await computer.stint(['session', 'add', '--from-json', '-'], { input: JSON.stringify(session) });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
  const details = page.getByRole('complementary', { name: 'Details' });
  const copy = (name: string) => details.getByRole('button', { name, exact: true });

  await row(page, 'audit').click();
  await copy('Account ID').click();
  await seeMessage(page, 'Account ID copied.');
  expect(await clipboard()).toBe(accountId);
  await copy('Role ARN').click();
  await see.poll(clipboard).toBe(roleArn);
  await see(copy('Credentials')).toHaveCount(0);

  await computer.stint(['start', 'audit']);
  await copy('Credentials').click();
  // At once: the clipboard is cleared in a minute.
  let copied = '';
  await see
    .poll(async () => (copied = await clipboard()))
    .toMatch(/^export AWS_ACCESS_KEY_ID='\w+'$/m);
  await seeMessage(page, 'Credentials copied.');
  const { stdout } = await computer.stint(['credentials', 'audit']);
  const { AccessKeyId } = JSON.parse(stdout) as { readonly AccessKeyId: string };
  expect(copied).toContain(`export AWS_ACCESS_KEY_ID='${AccessKeyId}'\n`);
  expect(test.complaints).toEqual([]);
});

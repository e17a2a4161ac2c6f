import { describe, expect, it } from 'vitest';
import { accountId } from '../cli/computer.ts';
import { centerUser } from '../../support/practice-center.ts';
import { see } from '../../support/see.ts';
import { blockedProgram } from './blocked-program.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const details = () => test.page.getByRole('complementary', { name: 'Details' });
const dialog = () => test.page.getByRole('dialog');

interface Shown {
  readonly items: readonly { readonly sessionName: string }[];
}
const sessions = async () => await test.computer.json<Shown['items']>('session', 'list');

async function openForm(type: string): Promise<void> {
  await test.page.keyboard.press('n');
  await test.page.getByText(type, { exact: true }).click();
}

describe('the form of a chained role', () => {
  it('adds a role on an existing session, which starts with the sign-in of that session', async () => {
    const { page, computer } = test;
    const anna = await computer.addUser('anna', { mfa: true });
    const roleArn = `arn:aws:iam::${accountId}:role/team/Audit-${Date.now()}`;
    await computer.admin.createRole({ roleArn, principals: [anna.arn] });
    await see(row(page, 'anna')).toBeVisible();
    await openForm('Chained role');
    await see(dialog()).toHaveAccessibleName('Add a chained role');
    await page.getByLabel('Name', { exact: true }).fill('audit');
    await page.getByLabel('Region').fill('eu-west-1');
    await page.getByRole('combobox', { name: 'Parent session' }).fill('ann');
    await page.getByRole('option', { name: 'anna IAM user · MFA' }).click();
    await page.getByLabel('Role', { exact: true }).fill(roleArn);
    await page.getByLabel('Role session name').fill('anna');
    await dialog().getByRole('button', { name: 'Add session' }).click();
    const way = details().getByRole('list', { name: 'Access path' });
    await see(way.getByRole('listitem')).toHaveText(['anna', /team\/Audit/]);
    await see(row(page, 'audit')).toContainText('from anna');
    await details().getByRole('button', { name: 'Start' }).click();
    await page
      .getByRole('textbox', { name: 'MFA code for anna' })
      .fill(await computer.admin.mfaCode(String(anna.mfaSerial)));
    await see(details().getByText(/ left$/)).toBeVisible();
    await see(details().getByText('AWS limits this role to 1 h at a time.')).toBeVisible();
    await see(row(page, 'anna').getByText('inactive')).toBeAttached();
    expect(await computer.credentialsFile()).toContain('[audit]');
    await way.getByRole('button', { name: 'anna' }).click();
    await see(details().getByRole('heading', { name: 'anna' })).toBeVisible();
    expect(test.complaints).toEqual([]);
  });

  it('shows errors while typing, and adds nothing', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    const before = await sessions();
    await openForm('Chained role');
    await page.getByLabel('Role', { exact: true }).fill('arn:aws:iam::1:user/anna');
    await page.getByLabel('Role', { exact: true }).press('Tab');
    await see(page.getByText(/^\s*Enter the ARN of the role/)).toBeVisible();
    await page.getByRole('textbox', { name: /^Duration/ }).fill('an hour');
    await page.getByLabel('Role session name').fill('a');
    await page.getByLabel('Role session name').press('Tab');
    await see(
      page.getByText('Enter a duration with its unit, such as 12 h or 45 min.'),
    ).toBeVisible();
    await see(
      page.getByText('Enter 2 to 64 letters, digits or characters of _+=,.@-'),
    ).toBeVisible();
    await dialog().getByRole('button', { name: 'Add session' }).click();
    await see(page.getByText('Enter a name.')).toBeVisible();
    await see(
      page.getByText('Choose the session whose credentials assume the role.'),
    ).toBeVisible();
    await see(page.getByLabel('Name', { exact: true })).toBeFocused();
    expect(await sessions()).toEqual(before);
  });

  it('shows an error of the agent at its field, and keeps what was typed', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    await see(row(page, 'anna')).toBeVisible();
    await openForm('Chained role');
    await page.getByLabel('Name', { exact: true }).fill('audit');
    await page.getByLabel('Region').fill('eu-west-1');
    const parent = page.getByRole('combobox', { name: 'Parent session' });
    await parent.fill('anna');
    await parent.press('Tab'); // chooses the only match
    await see(parent).toHaveValue('anna');
    await page.getByLabel('Role', { exact: true }).fill(`arn:aws:iam::${accountId}:role/Audit`);
    await page.getByLabel('Role session name').fill('anna');
    await computer.stint(['session', 'remove', 'anna', '--yes']);
    await see(row(page, 'anna')).toHaveCount(0);
    await dialog().getByRole('button', { name: 'Add session' }).click();
    await see(parent).toHaveAttribute('aria-invalid', 'true');
    await see(parent).toBeFocused();
    await see(page.getByLabel('Role session name')).toHaveValue('anna');
    expect(await sessions()).toEqual([]);
  });

  it('offers an MFA device only for a parent that is an IAM user, and no chain back to itself', async () => {
    const { page, computer } = test;
    const { sessionId } = await computer.addUser('anna');
    const add = async (name: string, parent: string) => {
      const flags = ['--name', name, '--region', 'eu-west-1', '--parent-session-id', parent];
      const role = ['--role-arn', `arn:aws:iam::${accountId}:role/${name}`];
      const added = await computer.stint(
        ['session', 'add', 'awsIamRoleChained', ...flags].concat([
          ...role,
          '--role-session-name',
          'anna',
        ]),
      );
      return added.stdout.trim();
    };
    const middle = await add('middle', sessionId);
    await add('end', middle);
    await see(row(page, 'end')).toBeVisible();
    await row(page, 'middle').click();
    await page.keyboard.press('e');
    const parent = page.getByRole('combobox', { name: 'Parent session' });
    await see(parent).toHaveValue('anna');
    await parent.click();
    const list = page.getByRole('listbox', { name: 'Parent session' });
    await see(list.getByRole('option')).toHaveText([/^\s*anna/]);
    await parent.press('Escape');
    await see(list).toBeHidden();
    await page.getByText('Advanced AssumeRole options').click();
    await see(page.getByLabel('MFA device')).toBeVisible();
    await page.getByLabel('External id').fill('partner-42');
    const tags = [
      ['project', 'ledger'],
      ['team', 'risk'],
      ['', ''],
    ] as const;
    for (const [at, [name, value]] of tags.entries()) {
      await page.getByRole('button', { name: 'Add tag' }).click();
      await see(page.getByLabel(`Name of tag ${at + 1}`)).toBeFocused();
      await page.keyboard.type(name);
      await page.keyboard.press('Tab');
      await page.keyboard.type(value);
    }
    await page.getByLabel('Session policy').fill('{ "Version": ');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(page.getByText('Session policy is not valid JSON.')).toBeVisible();
    await page.getByLabel('Session policy').fill('{\n  "Version": "2012-10-17"\n}');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(details().getByText('partner-42')).toBeVisible();
    expect(await computer.json('session', 'show', 'middle')).toMatchObject({
      externalId: 'partner-42',
      tags: { project: 'ledger', team: 'risk' },
      policy: '{\n  "Version": "2012-10-17"\n}',
    });
    await page.keyboard.press('e');
    await see(page.getByLabel('Value of tag 2')).toHaveValue('risk');
    await page.getByRole('button', { name: 'Remove tag 1' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await see
      .poll(async () => (await computer.json<{ tags: object }>('session', 'show', 'middle')).tags)
      .toEqual({ team: 'risk' });
    await row(page, 'end').click();
    await page.keyboard.press('e');
    await page.getByText('Advanced AssumeRole options').click();
    await see(page.getByLabel('External id')).toBeVisible();
    await see(page.getByLabel('MFA device')).toHaveCount(0);
  });
});

describe('the form of a federated role', () => {
  it('adds a role at an identity provider, and accepts a pasted response', async () => {
    const { page, computer } = test;
    const roleArn = `arn:aws:iam::${accountId}:role/Upload-${Date.now()}`;
    const name = `idp-${Date.now()}`;
    const { idpArn, url } = await computer.admin.createSamlProvider({ name, accountId });
    await computer.admin.createSamlUser({ idpArn, userName: centerUser, roles: [roleArn] });
    await computer.admin.createRole({ roleArn, principals: [idpArn] });
    await openForm('Federated role');
    await page.getByLabel('Name', { exact: true }).fill('upload');
    await page.getByLabel('Region').fill('eu-west-1');
    await page.getByRole('button', { name: 'Add one…' }).click();
    const inner = page.getByRole('dialog', { name: 'Add identity provider' });
    await inner.getByLabel('Name', { exact: true }).fill('partner');
    await inner.getByLabel('Sign-in address').fill(url);
    await page.keyboard.press('Enter');
    await see(inner).toBeHidden();
    await see(page.getByLabel('Identity provider').locator('option:checked')).toHaveText('partner');
    await page.getByLabel('SAML provider in the account').fill(idpArn);
    await page.getByLabel('Role', { exact: true }).fill(roleArn);
    await dialog().getByRole('button', { name: 'Add session' }).click();
    await see(details().getByRole('button', { name: 'partner' })).toBeVisible();
    await details().getByRole('button', { name: 'Start' }).click();
    const answer = page.getByRole('textbox', { name: /paste the SAMLResponse/ });
    await answer.fill(await computer.admin.samlResponse({ idpArn, userName: centerUser }));
    const questions = page.getByRole('region', { name: 'Questions' });
    await questions.getByRole('button', { name: 'Answer' }).click();
    await see(details().getByText(/ left$/)).toBeVisible();
  });
});

describe('the form of an SSO role', () => {
  it('adds one by hand, and edits only the fields that are not fixed', async () => {
    const { page, computer } = test;
    const flags = ['--name', 'acme', '--start-url', 'https://e.example', '--region', 'eu-west-1'];
    await computer.stint(['integration', 'add', 'awsSso', ...flags]);
    await openForm('SSO role');
    await page.getByLabel('Name', { exact: true }).fill('by hand');
    await page.getByLabel('Region').fill('eu-west-1');
    await page.getByLabel('Integration').selectOption('acme');
    await page.getByLabel('Account', { exact: true }).fill('12');
    await page.getByLabel('Account name').fill('payments');
    await page.getByLabel('Role', { exact: true }).fill('Operator');
    await dialog().getByRole('button', { name: 'Add session' }).click();
    await see(page.getByText('Enter the 12-digit account ID.')).toBeVisible();
    await page.getByLabel('Account', { exact: true }).fill(accountId);
    await dialog().getByRole('button', { name: 'Add session' }).click();
    await see(details().getByRole('button', { name: 'acme' })).toBeVisible();
    await page.keyboard.press('e');
    await see(page.getByLabel('Account', { exact: true })).toHaveAttribute('readonly', '');
    await page.getByLabel('Name', { exact: true }).fill('my own name');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(row(page, 'my own name')).toBeVisible();
  });
});

describe('the delivery of a session', () => {
  it('is chosen in the form with the limits it allows, and decides how to use the session', async () => {
    const { page, computer } = test;
    await computer.addUser('anna');
    await row(page, 'anna').click();
    await see(details().getByText('Credentials file')).toBeVisible();
    await page.keyboard.press('e');
    await page.getByText('Delivery and limits').click();
    const delivery = page.getByLabel('Delivery');
    await see(delivery.locator('option')).toHaveText([
      'Default (credentials file)',
      'Credentials file',
      'Credential process',
      'Endpoint only',
    ]);
    await see(page.getByText(/Running programs keep the keys/)).toBeVisible();
    await delivery.selectOption('Endpoint only');
    await page.getByLabel('Maximum duration').fill('1 h');
    await page.getByLabel('Idle timeout').fill('15 min');
    await page.getByRole('button', { name: 'Save' }).click();
    await see(details().getByText('Idle timeout')).toBeVisible();
    await page.keyboard.press('s');
    await see(details().getByText(/ left$/)).toBeVisible();
    await see(details().getByText('Ends by')).toBeVisible();
    await see(details().getByText('stint exec anna -- aws sts get-caller-identity')).toBeVisible();
    await details().getByRole('tab', { name: 'env' }).click();
    await see(details().getByText('eval "$(stint env anna)"')).toBeVisible();
    expect(await computer.credentialsFile().catch(() => '')).not.toContain('[anna]');
    const { command, release } = blockedProgram(computer.scratch.folder);
    const program = computer.stint(['exec', 'anna', '--', ...command]);
    const users = details().getByRole('list', { name: 'In use by' });
    await see(users.getByRole('listitem')).toHaveText(/cat\s*exec/);
    await release();
    expect((await program).code).toBe(0);
    await see(users).toHaveCount(0);
    await page.keyboard.press('e');
    await page.getByLabel('Idle timeout').fill('');
    await delivery.selectOption('Default (credentials file)');
    await see(page.getByLabel('Idle timeout')).toHaveCount(0);
    await page.getByRole('button', { name: 'Save' }).click();
    await see(details().getByText('Idle timeout')).toHaveCount(0);
    // The run keeps the delivery it started with.
    await see(details().getByText('Endpoint only')).toBeVisible();
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({
      limits: { maxSessionSeconds: 3600 },
      delivery: 'credentials-file',
      deliveryIsDefault: true,
      run: { delivery: 'endpoint-only' },
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { scriptedShell } from '../unit/cli/scripted-shell.ts';

/*
 * `stint session add` at a terminal, in this process against a whole owner: it asks for what is missing,
 * the name first.
 */

const role = 'arn:aws-us-gov:iam::447109328810:role/Deploy';
const tenant = { tenantId: 'b6f86c74-232c-410c-987a-b3fe7eccba72' };
const subscriptions = {
  'Data lab': '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
  Payments: '5d1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a12',
};

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
  await owner.addUser('payments', { fields: { region: 'us-gov-west-1' } });
  const { stint } = owner;
  const portal = await owner.ask('POST', '/v1/integrations', {
    body: {
      kind: 'awsSso',
      name: 'corp',
      region: 'eu-central-1',
      startUrl: 'https://d-1234567890.awsapps.com/start',
    },
  });
  const contoso = await owner.ask('POST', '/v1/integrations', {
    body: { kind: 'azure', name: 'contoso', ...tenant },
  });
  const { integrationId: corpId } = (await portal.json()) as { integrationId: string };
  const { integrationId: contosoId } = (await contoso.json()) as { integrationId: string };
  for (const [accountName, accountId, roleName] of [
    ['prod', '111122223333', 'Admin'],
    ['prod', '111122223333', 'ReadOnly'],
    ['dev', '444455556666', 'Developer'],
  ] as const) {
    await stint.sessions.create({
      fields: {
        type: 'awsSsoRole',
        sessionName: `${accountName} / ${roleName}`,
        region: 'eu-central-1',
        integrationId: corpId,
        ...{ accountId, accountName, roleName },
      },
      by: 'anna',
    });
  }
  for (const [subscriptionName, subscriptionId] of Object.entries(subscriptions)) {
    await stint.sessions.create({
      fields: {
        type: 'azure',
        sessionName: subscriptionName,
        region: 'westeurope',
        integrationId: contosoId,
        ...{ ...tenant, subscriptionId, subscriptionName },
      },
      by: 'anna',
    });
  }
});
afterAll(async () => {
  await owner.close();
});

/** Types each text once its question has come, as a person does. */
async function atTerminal(
  args: readonly string[],
  answers: readonly (readonly [question: string, answer: string])[],
) {
  const shell = scriptedShell();
  let code = 0;
  const ran = runProgram(['session', 'add', ...args], {
    shell,
    owner: { ...owner.client, running: owner.client },
    location: {} as never,
    version: '0.0.0',
    endWith: (ended: number) => (code ||= ended),
    continues: () => undefined,
  });
  let seen = 0;
  const says = async (text: string) => {
    await expect.poll(() => shell.words().slice(seen)).toContain(text);
    seen = shell.words().indexOf(text, seen) + text.length;
  };
  for (const [question, answer] of answers) {
    await says(question);
    shell.type(answer);
  }
  await ran;
  const id = shell.data().trim();
  return {
    code,
    session: await owner.client.request('GET', '/v1/sessions/{id}', { path: { id } }),
  };
}

describe('session add at a terminal', () => {
  it('asks for name, parent, role and a region of the role’s partition', async () => {
    const { session } = await atTerminal(
      ['awsIamRoleChained'],
      [
        ['Name of the session:', 'deploy\r'],
        ['❯ ', 'paym'],
        ['❯ payments', '\r'],
        ['ARN of the role', 'mine\r'],
        ['must be the ARN of an IAM role', `${role}\r`],
        ['Which region?', '\u001b[B'],
        ['❯ us-gov-east-1', '\r'],
      ],
    );
    expect(session).toMatchObject({
      sessionName: 'deploy',
      type: 'awsIamRoleChained',
      roleArn: role,
      region: 'us-gov-east-1',
    });
  });

  it('offers the accounts of the integration and the roles of the account', async () => {
    const { session } = await atTerminal(
      ['awsSsoRole', '--name', 'mine', '--region', 'eu-west-1'],
      [
        ['❯ dev  444455556666', 'prod'],
        ['❯ prod  111122223333', '\r'],
        ['❯ Admin', 'read'],
        ['❯ ReadOnly', '\r'],
      ],
    );
    expect(session).toMatchObject({
      accountId: '111122223333',
      accountName: 'prod',
      roleName: 'ReadOnly',
      region: 'eu-west-1',
    });
  });

  it('offers tenants and their subscriptions, and locations in use', async () => {
    const { session } = await atTerminal(
      ['azure', '--name', 'lab'],
      [
        [`❯ ${tenant.tenantId}`, '\r'],
        ['❯ Data lab', 'pay'],
        ['❯ Payments', '\r'],
        ['❯ eastus', 'west'],
        ['❯ westeurope', '\r'],
      ],
    );
    expect(session).toMatchObject({
      subscriptionId: subscriptions.Payments,
      subscriptionName: 'Payments',
      region: 'westeurope',
    });
  });

  it('asks for the type where it is missing, then for name, region and keys', async () => {
    const { session } = await atTerminal(
      [],
      [
        ['❯ awsIamUser', '\r'],
        ['Name of the session:', 'ops\r'],
        ['❯ us-east-1', '\r'],
        ['Access key id:', 'AKIAIOSFODNN7EXAMPLE\r'],
        ['Secret access key:', 'wJalrXUtnFEMI/K7MDENG\r'],
      ],
    );
    expect(session).toMatchObject({ sessionName: 'ops', region: 'us-east-1' });
  });
});

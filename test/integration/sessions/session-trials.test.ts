import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SessionSecrets } from '../../../src/models/session-fields.ts';
import { azureTenant } from '../../support/azure-tenant.ts';
import { identityCenter, payments } from '../../support/identity-center.ts';
import { aRunningApi } from '../../support/running-owner.ts';
import type { ScratchApi } from '../../support/scratch-api.ts';
import { accountId, journey } from '../../support/session-journey.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});
const { addRole } = journey(() => owner);

interface Answer {
  readonly identity?: string;
  readonly type?: string;
  readonly detail?: string;
  readonly next?: string;
}
async function test(body: object) {
  const answer = await owner.askAs({ role: 'window' }, 'POST', '/v1/sessions/test', body);
  return { status: answer.status, ...((await answer.json()) as Answer) };
}
const user = (secrets: SessionSecrets, more: object = {}) => ({
  type: 'awsIamUser',
  sessionName: 'draft',
  region: 'eu-west-1',
  secrets,
  ...more,
});
async function newUser(userName: string): Promise<SessionSecrets> {
  const { accessKeyId, secretAccessKey } = await owner.cloud.createUser({ accountId, userName });
  return { accessKeyId, secretAccessKey };
}

describe('testing an IAM user', () => {
  it('obtains a session token and says whose it is; nothing is kept, and no key is written anywhere', async () => {
    const secrets = await newUser('ines');
    const before = await owner.stint.vault.names();
    const history = await owner.askAs({ role: 'owner' }, 'GET', '/v1/history');
    expect(await test(user(secrets))).toEqual({
      status: 200,
      identity: `arn:aws:iam::${accountId}:user/ines`,
      account: accountId,
      mfaUntested: false,
    });
    const actions = (await owner.cloud.calls()).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['GetSessionToken', 'GetCallerIdentity']));
    expect(owner.stint.sessions.list()).toEqual([]);
    expect(await owner.stint.vault.names()).toEqual(before);
    const after = await owner.askAs({ role: 'owner' }, 'GET', '/v1/history');
    expect(await after.text()).toBe(await history.text());
    const files = await readdir(owner.folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const bytes = await readFile(join(file.parentPath, file.name));
      expect([file.name, bytes.includes(secrets.secretAccessKey)]).toEqual([file.name, false]);
    }
  });

  it('says what AWS refuses, in words that name no command for a session that is not saved', async () => {
    const { accessKeyId } = await newUser('ines');
    const wrong = { accessKeyId, secretAccessKey: 'w'.repeat(40) };
    const refused = await test(user(wrong));
    expect(refused).toMatchObject({
      status: 502,
      type: 'urn:stint:problem:cloud-refused',
      next: 'Check the secret access key and the clock of this machine.',
    });
    const unknown = await test(user({ ...wrong, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }));
    expect(unknown.detail).toContain('AWS does not know the access key of session draft');
    expect(unknown.next).toBe('Correct the fields of the session and test it again.');
    expect(JSON.stringify([refused, unknown])).not.toContain(wrong.secretAccessKey);
  });

  it('tries the keys without asking for a code where an MFA device is set', async () => {
    const secrets = await newUser('ines');
    const mfaSerial = `arn:aws:iam::${accountId}:mfa/ines`;
    expect(await test(user(secrets, { mfaSerial }))).toMatchObject({
      status: 200,
      mfaUntested: true,
    });
    expect(owner.stint.prompts.list()).toEqual([]);
  });

  it('uses the keys of the saved session that is edited, and names the fields that are wrong', async () => {
    const { session } = await owner.addUser('ines');
    const { sessionId } = session;
    const body = { type: 'awsIamUser', sessionName: 'ines', region: 'eu-north-1', sessionId };
    expect(await test(body)).toMatchObject({ status: 200, account: accountId });
    expect(owner.stint.sessions.get(sessionId)).toEqual(session);
    const mfaSerial = `arn:aws:iam::${accountId}:user/ines`;
    expect(await test({ ...body, mfaSerial })).toMatchObject({
      status: 422,
      errors: [expect.objectContaining({ field: 'mfaSerial' })],
    });
  });
});

describe('testing a role', () => {
  it('assumes a chained role with its parent, and says why AWS refuses another', async () => {
    const { session, user: ines } = await owner.addUser('ines');
    const chained = (roleArn: string) => ({
      type: 'awsIamRoleChained',
      sessionName: 'audit',
      region: 'eu-west-1',
      parentSessionId: session.sessionId,
      roleSessionName: 'anna',
      roleArn,
    });
    expect(await test(chained(await addRole('Audit', ines.arn)))).toMatchObject({
      status: 200,
      identity: `arn:aws:sts::${accountId}:assumed-role/Audit/anna`,
    });
    const refused = await test(chained(`arn:aws:iam::${accountId}:role/Absent`));
    expect(refused.type).toBe('urn:stint:problem:cloud-refused');
    expect(owner.stint.sessions.list()).toHaveLength(1);
  });

  it('needs the sign-in of the integration, and asks nobody for it', async () => {
    const center = await identityCenter(owner, 'acme');
    await center.offer(payments, 'Operator');
    const { integrationId } = center.integration;
    const role = {
      type: 'awsSsoRole',
      sessionName: 'ops',
      region: 'eu-west-1',
      integrationId,
      ...payments,
      roleName: 'Operator',
    };
    expect(await test(role)).toMatchObject({
      status: 409,
      type: 'urn:stint:problem:person-needed',
    });
    expect(owner.stint.prompts.list()).toEqual([]);
    await center.login();
    expect((await test(role)).identity).toContain('Operator');
    expect((await test({ ...role, roleName: 'Other' })).status).toBe(502);
  });

  it('reads the subscription of an Azure session', async () => {
    const tenant = await azureTenant(owner, 'contoso');
    const subscriptionId = await tenant.offer('data-lab');
    await tenant.login();
    const session = {
      type: 'azure',
      sessionName: 'data-lab',
      region: 'westeurope',
      integrationId: tenant.integration.integrationId,
      tenantId: tenant.tenantId,
      subscriptionId,
      subscriptionName: 'data-lab',
    };
    expect(await test(session)).toMatchObject({
      status: 200,
      identity: tenant.userName,
      account: subscriptionId,
    });
    const absent = { ...session, subscriptionId: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b' };
    expect((await test(absent)).type).toBe('urn:stint:problem:cloud-refused');
  });
});

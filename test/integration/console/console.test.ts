import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import type { Role } from '../../../src/models/scope.ts';
import { azureTenant } from '../../support/azure-tenant.ts';
import { identityCenter, payments } from '../../support/identity-center.ts';
import { aRunningApi } from '../../support/running-owner.ts';
import type { ScratchApi } from '../../support/scratch-api.ts';
import { eventually } from '../../support/scratch-owner.ts';
import { accountId, by, journey } from '../../support/session-journey.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});
const { addChained, addRole, now, start } = journey(() => owner);

interface Answer {
  readonly url: string;
  readonly secret: boolean;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

const ask = async ({ sessionId }: Session, body: object = {}, role: Role = 'owner') => {
  const answer = await owner.askAs({ role }, 'POST', `/v1/sessions/${sessionId}/console`, body);
  return { status: answer.status, ...((await answer.json()) as Answer) };
};
const page = async (url: string) => {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
};

/** A role assumed with the access keys of a user. */
async function audit(fields: object = {}) {
  const { session: parent, user } = await owner.addUser('ines', fields);
  const roleArn = await addRole('Audit', user.arn);
  return { parent, roleArn, session: await addChained('audit', parent.sessionId, roleArn) };
}

describe('the console of a role', () => {
  it('opens signed in, at a service and a region', async () => {
    const { session } = await audit();
    await start(session);
    const { status, url, secret } = await ask(session, { service: 's3', region: 'eu-central-1' });
    expect({ status, secret }).toEqual({ status: 200, secret: true });
    const { text } = await page(url);
    expect(text).toContain(`arn:aws:sts::${accountId}:assumed-role/Audit/anna`);
    expect(text).toContain('https://console.aws.amazon.com/s3/home?region=eu-central-1');
  });

  it('sends the keys in a body, and none of them into log, history or workspace', async () => {
    const { session } = await audit();
    await start(session);
    const { url } = await ask(session);
    const calls = (await owner.cloud.calls()).map(({ action }) => action);
    expect(calls).toContain('POST getSigninToken');
    expect(calls).not.toContain('GET getSigninToken');
    const token = new URL(url).searchParams.get('SigninToken') ?? '';
    expect(JSON.stringify(owner.stint.history.list({ limit: 100 }))).not.toContain(token);
  });

  it('has its own lease in list and history, and over with the answer', async () => {
    const { session } = await audit();
    await start(session);
    await ask(session, {}, 'operator');
    expect(owner.stint.leases.list(session.sessionId)).toMatchObject([
      { kind: 'console', uses: 1, reason: 'closed' },
    ]);
    const kinds = owner.stint.history
      .list({ limit: 100 })
      .items.map(({ kind, message }) => [kind, message]);
    expect(kinds).toContainEqual(['lease-opened', 'console']);
  });

  it('ends a session that was started for it alone, and needs an active one', async () => {
    const { session } = await audit();
    const early = await ask(session);
    expect(early).toMatchObject({
      status: 409,
      detail: expect.stringContaining('not active') as string,
    });
    await owner.stint.sessions.start(session.sessionId, { by, untilLastLease: true });
    const { url } = await ask(session, {}, 'window');
    expect(now(session).status).toBe('inactive');
    expect((await page(url)).status).toBe(200);
  });

  it('stays signed in as long as it was asked to where AWS allows that', async () => {
    const { session } = await audit();
    await start(session);
    const long = await page((await ask(session, { durationSeconds: 43_200 })).url);
    const until = Date.parse(/\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(long.text)?.[0] ?? '');
    expect(until - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    for (const durationSeconds of [899, 43_201]) {
      expect((await ask(session, { durationSeconds })).status).toBe(422);
    }
  });

  it('of a role behind another role takes no length, and says so before AWS is asked', async () => {
    const { roleArn, session } = await audit();
    const deep = await addChained('deep', session.sessionId, await addRole('Deep', roleArn));
    await start(deep);
    const refused = await ask(deep, { durationSeconds: 3600 });
    expect(refused).toMatchObject({ status: 422, errors: [{ field: 'durationSeconds' }] });
    expect(refused.errors?.[0]?.message).toContain('temporary credentials');
    const calls = (await owner.cloud.calls()).map(({ action }) => action);
    expect(calls).not.toContain('POST getSigninToken');
    expect((await ask(deep)).status).toBe(200);
  });

  it('of Identity Center opens without a length and refuses one', async () => {
    const center = await identityCenter(owner, 'acme');
    await center.offer(payments, 'Operator');
    await center.sync();
    const session = center.session('payments-prod', 'Operator');
    await start(session);
    expect((await ask(session, { durationSeconds: 3600 })).errors?.[0]?.message).toContain(
      'Identity Center decides',
    );
    expect((await page((await ask(session)).url)).text).toContain('AWSReservedSSO_Operator_');
  });

  it('does not open in another partition', async () => {
    const { session } = await audit();
    await start(session);
    expect(await ask(session, { region: 'cn-north-1' })).toMatchObject({
      status: 422,
      errors: [{ field: 'region' }],
    });
  });

  it('says that the sign-in endpoint cannot be reached, and closes its lease', async () => {
    const { session } = await audit();
    await start(session);
    await owner.stint.settings.change({ awsSigninEndpointUrl: 'http://127.0.0.1:1' });
    const dead = await ask(session);
    expect(dead).toMatchObject({
      status: 503,
      detail: expect.stringContaining('AWS sign-in') as string,
    });
    expect(owner.stint.leases.list(session.sessionId)).toMatchObject([
      { reason: 'closed', uses: 0 },
    ]);
  });
});

describe('the browser profile of a session', () => {
  it('is removed with the session, and stays while the session is there', async () => {
    const { session, parent } = await audit();
    const folderOf = ({ sessionId }: { sessionId: string }) =>
      join(owner.folder, 'stint', 'console', sessionId, 'Default');
    for (const one of [session, parent]) await mkdir(folderOf(one), { recursive: true });
    await owner.stint.sessions.remove(session.sessionId, { by });
    const left = () => readdir(join(owner.folder, 'stint', 'console'));
    expect(await eventually(left, (names) => names.length < 2)).toEqual([parent.sessionId]);
  });
});

describe('what has no such console', () => {
  it('an IAM user is refused with a way on, before AWS is asked, also while inactive', async () => {
    const { parent } = await audit();
    for (const before of [false, true]) {
      if (before) await start(parent);
      const refused = await ask(parent);
      expect(refused).toMatchObject({
        status: 422,
        detail: expect.stringContaining('GetSessionToken') as string,
        next: expect.stringContaining('awsIamRoleChained') as string,
      });
    }
    const calls = (await owner.cloud.calls()).map(({ action }) => action);
    expect(calls).not.toContain('POST getSigninToken');
  });

  it('an Azure session opens the portal at its tenant and subscription, also while inactive', async () => {
    const tenant = await azureTenant(owner, 'contoso');
    await tenant.offer('Payments');
    await tenant.sync();
    const session = tenant.session('Payments');
    expect(await ask(session)).toEqual({
      status: 200,
      secret: false,
      url: `https://portal.azure.com/#@${session.tenantId}/resource/subscriptions/${session.subscriptionId}/overview`,
    });
    expect((await ask(session, { service: 's3' })).errors).toMatchObject([{ field: 'service' }]);
  });

  it.each(['viewer', 'credentials'] as const)('the role %s may not ask', async (role) => {
    const { session } = await audit();
    expect((await ask(session, {}, role)).status).toBe(403);
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const userName = 'fred@contoso.example';
const program = join(import.meta.dirname, 'who-am-i-azure.ts');

/** A person of one tenant who is a guest in another: one sign-in, a session for each subscription. */
export async function showAzure(stage: Stage, cloud: AdminClient): Promise<void> {
  const { tenantId } = await cloud.createTenant({ domain: 'contoso.example' });
  const { tenantId: partnerId } = await cloud.createTenant({ domain: 'fabrikam.example' });
  await cloud.createEntraUser({ tenant: tenantId, userName });
  await cloud.inviteGuest({ tenant: partnerId, userName });
  for (const [name, tenant] of [
    ['Payments', tenantId],
    ['Shared data', partnerId],
  ] as const) {
    await cloud.createSubscription({ tenant, name, principals: [userName] });
  }
  const ofPayments = { subscriptions: ['Payments'], upn: userName, tid: tenantId };

  await stage.step('add the tenant and sign in with a device code', async () => {
    await cloud.setOverrides({ deviceIntervalSeconds: 1 });
    const flags = ['--name', 'contoso', '--tenant-id', tenantId];
    await stage.stint(['integration', 'add', 'azure', ...flags]);
    await stage.stint(['integration', 'login', 'contoso', '--device-code'], { expected: 4 });
    const { code = '' } = await stage.prompt();
    await cloud.confirmDeviceCode({ userCode: code, userName });
    await stage.untilSignedIn('contoso');
  });

  await stage.step('sync: a session for each subscription, of both tenants', async () => {
    await stage.stint(['integration', 'sync', 'contoso']);
    assert.deepEqual(await stage.names(), ['Payments', 'Shared data']);
  });

  await stage.step('start: nobody is asked, and the SDK’s chain is that person there', async () => {
    await stage.stint(['start', 'Payments']);
    const { uti, ...who } = await whoAmI('Payments');
    assert.deepEqual(who, ofPayments);
  });

  await stage.step('rotate: a fresh token takes the place of the old one', async () => {
    const before = await stage.show('Payments');
    await stage.stint(['rotate', 'Payments']);
    const after = await stage.show('Payments');
    assert.notEqual(after.credentialsExpireAt, before.credentialsExpireAt);
    assert.equal(after.startDateTime, before.startDateTime);
    const { uti, ...who } = await whoAmI('Payments');
    assert.deepEqual(who, ofPayments);
  });

  await stage.step('two tenants side by side, each program with its own', async () => {
    const both = await Promise.all([whoAmI('Payments'), whoAmI('Shared data')]);
    assert.deepEqual(
      both.map(({ tid }) => tid),
      [tenantId, partnerId],
    );
    // What a program had started ends with it.
    assert.equal((await stage.show('Shared data')).status, 'inactive');
  });

  await stage.step('stop: what a shell was given is refused with a sentence', async () => {
    const shell = JSON.parse(await stage.stint(['env', 'Payments', '--shell', 'json'])) as Record<
      string,
      string | null
    >;
    const env = Object.fromEntries(
      Object.entries(shell).map(([name, value]) => [name, value ?? undefined]),
    );
    assert.equal((await whoAmIIn(env)).tid, tenantId);
    await stage.stint(['stop', 'Payments']);
    await assert.rejects(whoAmIIn(env), /Payments/);
  });

  await stage.step('log out: a session that came by the sign-in ends with it', async () => {
    await stage.stint(['start', 'Payments']);
    await stage.stint(['integration', 'logout', 'contoso']);
    assert.equal((await stage.show('Payments')).status, 'inactive');
  });

  /** Who Azure says it is to a program that `stint exec` runs. */
  async function whoAmI(name: string): Promise<Who> {
    return JSON.parse(await stage.exec(name, program)) as Who;
  }

  /** The same in a shell that has the variables of `stint env`. */
  async function whoAmIIn(env: NodeJS.ProcessEnv): Promise<Who> {
    return JSON.parse(await stage.program(program, env)) as Who;
  }
}

interface Who {
  readonly subscriptions: readonly string[];
  readonly upn: string;
  readonly tid: string;
  readonly uti: string;
}

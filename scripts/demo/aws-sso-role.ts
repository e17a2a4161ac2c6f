import assert from 'node:assert/strict';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const userName = 'dana';
const accounts = [
  { accountId: '447109328810', accountName: 'payments-prod' },
  { accountId: '210987654321', accountName: 'orders-staging' },
];

/** An integration: one sign-in brings a session for each account and role, and starts any of them. */
export async function showAwsSsoRole(stage: Stage, cloud: AdminClient): Promise<void> {
  const { startUrl } = await cloud.createIdentityCenter({ name: 'acme' });
  await cloud.createSsoUser({ startUrl, userName });
  await cloud.assign({
    startUrl,
    userName,
    assignments: accounts.flatMap((account) =>
      ['Operator', 'ReadOnly'].map((roleName) => ({
        ...account,
        emailAddress: `${account.accountName}@example.com`,
        roleName,
      })),
    ),
  });
  const profile = 'payments-prod-Operator';
  const name = 'payments-prod / Operator';
  const isOperator =
    /^arn:aws:sts::447109328810:assumed-role\/AWSReservedSSO_Operator_[0-9a-f]{16}\/dana$/;
  let who = '';

  await stage.step(
    'add the integration and sign in with a device code, shown to compare',
    async () => {
      const fields = ['--name', 'acme', '--start-url', startUrl, '--region', 'eu-west-1'];
      await stage.stint(['integration', 'add', 'awsSso', ...fields]);
      await stage.stint(['integration', 'login', 'acme', '--device-code'], { expected: 4 });
      const { code = '' } = await stage.prompt();
      await cloud.approveDevice({ userCode: code, userName });
      await stage.untilSignedIn('acme');
    },
  );

  await stage.step('sync: a session for each account and role', async () => {
    await stage.stint(['integration', 'sync', 'acme']);
    assert.equal((await stage.names()).length, 4);
  });

  await stage.step('start: nobody is asked, and AWS says it is that role', async () => {
    await stage.stint(['start', name]);
    who = await stage.whoAmI(profile);
    assert.match(who, isOperator);
  });

  await stage.step('rotate: fresh credentials take the place of the old ones', () =>
    stage.rotate(name, profile, who),
  );

  await stage.step('stop: the chain finds nothing, and the file is restored, byte for byte', () =>
    stage.stop(name, profile),
  );

  await stage.step('log out: a session that came by the sign-in ends with it', async () => {
    await stage.stint(['start', name]);
    await stage.stint(['integration', 'logout', 'acme']);
    assert.equal((await stage.show(name)).status, 'inactive');
    await stage.isGone(profile);
  });
}

import assert from 'node:assert/strict';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const accountId = '447109328810';
const roles = ['Landing', 'Build', 'Deploy', 'Audit'] as const;
const last = 'audit';

/** A chain of four roles behind one IAM user: one MFA code starts the last of them. */
export async function showAwsIamRoleChained(stage: Stage, cloud: AdminClient): Promise<void> {
  const clara = await cloud.createUser({ accountId, userName: 'clara', mfa: true });
  const who = `arn:aws:sts::${accountId}:assumed-role/Audit/clara`;

  await stage.step('add four roles, each assumed from the one before it', async () => {
    await stage.add('sign-in', ['--mfa-serial', String(clara.mfaSerial)], clara);
    let [parent, principal] = ['sign-in', clara.arn];
    for (const role of roles) {
      const roleArn = `arn:aws:iam::${accountId}:role/team/${role}`;
      await cloud.createRole({ roleArn, principals: [principal] });
      const through = ['--parent-session-id', parent, '--role-session-name', 'clara'];
      await stage.add(role.toLowerCase(), ['--role-arn', roleArn, ...through]);
      [parent, principal] = [role.toLowerCase(), roleArn];
    }
  });

  await stage.step('start the last: one MFA code, and AWS says it is that role', async () => {
    await stage.stint(['start', last], { expected: 4 });
    await stage.answer(await cloud.mfaCode(String(clara.mfaSerial)));
    await stage.until(last, ({ status }) => status === 'active');
    assert.equal(await stage.whoAmI(last), who);
    assert.equal((await stage.show('deploy')).status, 'inactive');
  });

  await stage.step('rotate: fresh credentials, and nobody is asked', () =>
    stage.rotate(last, last, who),
  );

  await stage.step('stop: the chain finds nothing, and the file is restored, byte for byte', () =>
    stage.stop(last, last),
  );
}

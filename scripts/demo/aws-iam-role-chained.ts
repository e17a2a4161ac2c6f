import assert from 'node:assert/strict';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const accountId = '447109328810';
const names = ['Landing', 'Build', 'Deploy', 'Audit'] as const;

/** A chain of four roles behind one IAM user: one MFA code starts the last of them. */
export async function showAwsIamRoleChained(stage: Stage, cloud: AdminClient): Promise<void> {
  const clara = await cloud.createUser({ accountId, userName: 'clara', mfa: true });
  const who = `arn:aws:sts::${accountId}:assumed-role/Audit/clara`;

  await stage.step('add four roles, each taken on with the one before it', async () => {
    const { accessKeyId, secretAccessKey, mfaSerial } = clara;
    let parentSessionId = await stage.add({
      type: 'awsIamUser',
      sessionName: 'clara',
      mfaSerial,
      secrets: { accessKeyId, secretAccessKey },
    });
    let principal = clara.arn;
    for (const name of names) {
      const roleArn = `arn:aws:iam::${accountId}:role/team/${name}`;
      await cloud.createRole({ roleArn, principals: [principal] });
      parentSessionId = await stage.add({
        sessionName: name.toLowerCase(),
        parentSessionId,
        roleArn,
        roleSessionName: 'clara',
      });
      principal = roleArn;
    }
  });

  await stage.step('start the last: one MFA code, and AWS says it is that role', async () => {
    await stage.stint(['start', 'audit'], { expected: 4 });
    const { promptId } = await stage.asked();
    const code = await cloud.mfaCode(String(clara.mfaSerial));
    await stage.stint(['prompt', 'answer', promptId], { input: `${code}\n` });
    await stage.until('audit', ({ status }) => status === 'active');
    assert.equal(await stage.whoAmI('audit'), who);
    assert.equal((await stage.show('deploy')).status, 'inactive');
  });

  await stage.step('rotate: fresh credentials, and nobody is asked', () =>
    stage.rotate('audit', 'audit', who),
  );

  await stage.step('stop: the chain finds nothing, and the file is as it was, byte for byte', () =>
    stage.stop('audit', 'audit'),
  );
}

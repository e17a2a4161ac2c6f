import assert from 'node:assert/strict';
import type { AdminClient, CreatedUser } from '../../practice-cloud/admin-client.ts';
import type { Stage } from './stage.ts';

const accountId = '447109328810';

/** Start → the SDK is who it should be → renewal by itself → rotate → stop → gone; then with MFA. */
export async function showAwsIamUser(stage: Stage, cloud: AdminClient): Promise<void> {
  const anna = await cloud.createUser({ accountId, userName: 'anna' });
  const ben = await cloud.createUser({ accountId, userName: 'ben', mfa: true });

  await stage.step('add a session; its keys go to the vault', async () => {
    await stage.add(sessionOf('anna-dev', anna));
    assert.equal((await stage.show('anna-dev')).status, 'inactive');
  });

  await stage.step('start: the SDK reads the profile and AWS says who it is', async () => {
    await cloud.setOverrides({ grantedSeconds: 9 });
    await stage.stint(['start', 'anna-dev']);
    assert.equal(await stage.whoAmI('anna-dev'), anna.arn);
  });

  await stage.step('renewed by itself before the short-lived token expired', async () => {
    const before = await stage.show('anna-dev');
    const now = await stage.until('anna-dev', ({ rotatedAt }) => rotatedAt !== undefined);
    assert.ok(String(now.rotatedAt) < String(before.credentialsExpireAt), 'it was too late');
    assert.equal(now.startDateTime, before.startDateTime);
    assert.equal(await stage.whoAmI('anna-dev'), anna.arn);
  });

  await stage.step('rotate: fresh credentials take the place of the old ones', async () => {
    await cloud.setOverrides({ grantedSeconds: null });
    await stage.rotate('anna-dev', 'anna-dev', anna.arn);
  });

  await stage.step('stop: the chain finds nothing, and the file is as it was, byte for byte', () =>
    stage.stop('anna-dev', 'anna-dev'),
  );

  await stage.step('with MFA: the start asks for the code, the answer lets it go on', async () => {
    await stage.add(sessionOf('ben-prod', ben));
    await stage.stint(['start', 'ben-prod'], { expected: 4 });
    const { promptId } = await stage.asked();
    const code = await cloud.mfaCode(String(ben.mfaSerial));
    await stage.stint(['prompt', 'answer', promptId], { input: `${code}\n` });
    await stage.until('ben-prod', ({ status }) => status === 'active');
    assert.equal(await stage.whoAmI('ben-prod'), ben.arn);
  });

  await stage.step('with MFA: stopped and started again without another code', async () => {
    await stage.stop('ben-prod', 'ben-prod');
    await stage.stint(['start', 'ben-prod']);
    assert.equal(await stage.whoAmI('ben-prod'), ben.arn);
    await stage.stop('ben-prod', 'ben-prod');
  });
}

function sessionOf(sessionName: string, user: CreatedUser): object {
  const { accessKeyId, secretAccessKey, mfaSerial } = user;
  return {
    sessionName,
    ...(mfaSerial === undefined ? {} : { mfaSerial }),
    secrets: { accessKeyId, secretAccessKey },
  };
}

import assert from 'node:assert/strict';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';
import type { ShownSession, Stage } from './stage.ts';

const accountId = '447109328810';
const [dev, prod] = ['payments-dev', 'payments-prod'];
/** A token so short that the demo sees it renewed; a third of it is left for the renewal. */
const tokenSeconds = 60;

/**
 * Start → the SDK is who it should be; then the same with MFA. What comes back is the rest, for when
 * other things were shown meanwhile: renewal by itself → rotate → stop → gone.
 */
export async function showAwsIamUser(
  stage: Stage,
  cloud: AdminClient,
): Promise<() => Promise<void>> {
  const anna = await cloud.createUser({ accountId, userName: 'anna' });
  const ben = await cloud.createUser({ accountId, userName: 'ben', mfa: true });
  let started: ShownSession | undefined;

  await stage.step('add a session; its keys go to the vault', async () => {
    await stage.add(dev, ['--environment', 'development'], anna);
    assert.equal((await stage.show(dev)).status, 'inactive');
  });

  await stage.step('start: the SDK reads the profile and AWS says who it is', async () => {
    await cloud.setOverrides({ grantedSeconds: tokenSeconds });
    await stage.stint(['start', dev]);
    await cloud.setOverrides({ grantedSeconds: null });
    started = await stage.show(dev);
    assert.equal(await stage.whoAmI(dev), anna.arn);
  });

  await stage.step(
    'with MFA: the start asks for the code, the answer lets it continue',
    async () => {
      const flags = ['--environment', 'production', '--mfa-serial', String(ben.mfaSerial)];
      await stage.add(prod, flags, ben);
      await stage.stint(['start', prod], { expected: 4 });
      await stage.answer(await cloud.mfaCode(String(ben.mfaSerial)));
      await stage.until(prod, ({ status }) => status === 'active');
      assert.equal(await stage.whoAmI(prod), ben.arn);
    },
  );

  await stage.step('with MFA: stopped and started again without another code', async () => {
    await stage.stint(['stop', prod]);
    await assert.rejects(stage.whoAmI(prod));
    await stage.stint(['start', prod]);
    assert.equal(await stage.whoAmI(prod), ben.arn);
    await stage.stint(['stop', prod]);
  });

  return async () => {
    await stage.step('renewed by itself before the short-lived token expired', async () => {
      assert.ok(started, 'it was not started');
      const { startDateTime, renewAt, credentialsExpireAt = '' } = started;
      const isRenewed = ({ rotatedAt }: ShownSession) => rotatedAt !== undefined;
      const tooLate = Date.parse(credentialsExpireAt) + 60_000;
      const now = await stage.until(dev, isRenewed, tooLate);
      const times = `due ${String(renewAt)}, renewed ${String(now.rotatedAt)}, expired ${credentialsExpireAt}`;
      assert.ok(String(now.rotatedAt) < credentialsExpireAt, `it was too late: ${times}`);
      assert.equal(now.startDateTime, startDateTime);
      assert.equal(await stage.whoAmI(dev), anna.arn);
    });

    await stage.step('rotate: fresh credentials take the place of the old ones', () =>
      stage.rotate(dev, dev, anna.arn),
    );

    await stage.step('stop: the chain finds nothing, and the file is restored, byte for byte', () =>
      stage.stop(dev, dev),
    );
  };
}

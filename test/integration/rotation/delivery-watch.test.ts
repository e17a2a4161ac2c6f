import { writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;

aRunningOwner((started) => {
  owner = started;
});

it('a section that another program drops is back before the next check is due, each time', async () => {
  const { scheduler, deliveryWatch, sessions } = owner.stint;
  const { session } = await owner.addUser('anna');
  scheduler.start();
  deliveryWatch.start();
  onTestFinished(() => {
    deliveryWatch.stop();
  });
  expect(deliveryWatch.folders()).toEqual([]);
  await sessions.start(session.sessionId, { by: 'anna' });
  const delivered = await owner.credentials();
  await eventually(
    () => deliveryWatch.folders(),
    (folders) => folders.length === 1,
  );
  // Time does not pass here, so no check brings it back.
  for (let time = 1; time <= 3; time += 1) {
    await writeFile(owner.credentialsFile, before);
    await eventually(
      () => owner.credentials(),
      (text) => text === delivered,
    );
  }
  await sessions.stop(session.sessionId, { by: 'anna' });
  await eventually(
    () => deliveryWatch.folders(),
    (folders) => folders.length === 0,
  );
  expect(await owner.credentials()).toBe(before);
});

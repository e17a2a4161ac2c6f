import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aws } from './aws.ts';
import { accountId, computerForEachTest } from './computer.ts';

const fixture = join(
  ...[import.meta.dirname, '..', '..', 'fixtures', 'import', 'leapp', 'workspace.leapp'],
);
/** Of the machine on which Leapp wrote the fixture. */
const machineId = 'b2f0c1d4e5f60718293a4b5c6d7e8f90';

const computer = computerForEachTest();

it('a Leapp user reaches a started session in three commands', async () => {
  const { folder } = computer.scratch;
  await mkdir(join(folder, '.Leapp'));
  await copyFile(fixture, join(folder, '.Leapp', 'Leapp-lock.json'));
  const user = await computer.admin.createUser({ accountId, userName: 'lab' });
  const env = {
    STINT_ACCESS_KEY_ID: user.accessKeyId,
    STINT_SECRET_ACCESS_KEY: user.secretAccessKey,
  };

  const imported = await computer.stint(['import', 'leapp', '--apply', '--machine-id', machineId]);
  expect(imported).toMatchObject({ code: 0 });
  expect(imported.stderr).toContain('To undo: stint import --undo');
  // Leapp keeps its keys in the keychain, which a test does not have: there, --with-keys does this.
  const edited = await computer.stint(['session', 'edit', 'lab user', '--access-keys'], { env });
  expect(edited).toMatchObject({ code: 0 });
  const started = await computer.stint(['start', 'lab user']);
  expect(started).toMatchObject({ code: 0 });

  const who = ['sts', 'get-caller-identity', '--profile', 'lab.eu', '--output', 'text'];
  expect((await aws(computer.scratch, ...who)).stdout).toContain(`user/lab`);
});

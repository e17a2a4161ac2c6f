import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/* `stint session rotate-keys` in this process, against a whole owner and the practice cloud. */

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
  await owner.cloud.setOverrides({ newKeyDelayMs: 0 });
});
afterAll(async () => {
  await owner.close();
});

const rotate = (...args: readonly string[]) =>
  command(owner, ['session', 'rotate-keys', 'anna', ...args]);

it('needs --yes where nobody can be asked, replaces the key, and deletes the old one with --finish', async () => {
  const { user } = await owner.addUser('anna');
  const keys = async () =>
    (await owner.cloud.keys(user.arn)).map(({ accessKeyId, status }) => [accessKeyId, status]);
  const old = `AKIA…${user.accessKeyId.slice(-4)}`;

  const refused = await rotate();
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('--yes')]);
  expect(await keys()).toEqual([[user.accessKeyId, 'Active']]);
  expect((await rotate('--finish', '--yes')).stderr).toContain('has no old access key to delete');

  const rotated = await rotate('--yes');
  expect(rotated).toMatchObject({ code: 0, stdout: '' });
  expect(rotated.stderr).toContain(`The old one, ${old}, is deactivated.`);
  const [before, made] = await keys();
  expect([before, made?.[1]]).toEqual([[user.accessKeyId, 'Inactive'], 'Active']);
  expect((await rotate('--yes')).stderr).toContain('still to be deleted');

  const finished = await rotate('--finish', '--yes', '--json');
  expect(finished.code).toBe(0);
  expect(finished.stderr).toContain('the old access key is deleted');
  const { session } = JSON.parse(finished.stdout) as { readonly session: object };
  expect(session).not.toHaveProperty('keyRotation');
  expect(finished.stdout).not.toContain(user.secretAccessKey);
  expect(await keys()).toEqual([made]);
});

it('with two keys names the one in use and the one to look at, and changes nothing', async () => {
  const { user } = await owner.addUser('ben');
  const other = await owner.cloud.createKey(user.arn);
  const { code, stderr } = await command(owner, ['session', 'rotate-keys', 'ben', '--yes']);
  expect(code).toBe(1);
  expect(stderr).toContain(`The session uses AKIA…${user.accessKeyId.slice(-4)}.`);
  expect(stderr).toContain(`If nothing uses AKIA…${other.accessKeyId.slice(-4)}, delete it`);
  expect(await owner.cloud.keys(user.arn)).toHaveLength(2);
});

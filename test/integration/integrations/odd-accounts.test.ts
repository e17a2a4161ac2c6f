import { expect, it } from 'vitest';
import type { AwsSsoRoleSession } from '../../../src/models/session.ts';
import { identityCenter, userName, type Center } from '../../support/identity-center.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import type { ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
let center: Center;
aRunningOwner(async (started) => {
  owner = started;
  center = await identityCenter(owner, 'acme');
});

const assign = (
  accounts: readonly (readonly [name: string | null, email: string | null])[],
  first = 1,
) =>
  owner.cloud.assign({
    startUrl: center.startUrl,
    userName,
    assignments: accounts.map(([accountName, emailAddress], index) => ({
      accountId: String(1e11 + first + index),
      accountName,
      emailAddress,
      roleName: 'Admin',
    })),
  });
const sync = async () =>
  (await owner.stint.integrations.sync(center.integration.integrationId, 'anna')).result;
const sessions = () => owner.stint.sessions.list() as readonly AwsSsoRoleSession[];

const odd = [
  ['good', 'a@example.com'],
  ['slash', 'aws/prod@example.com'],
  ['signs', 'a=b&c#1@example.com'],
  ['local', 'root@localhost'],
  ['no address', ''],
  ['null address', null],
  [null, null],
  ['', 'empty@example.com'],
  ['   ', 'blank@example.com'],
  ['a'.repeat(200), `${'b'.repeat(400)}@example.com`],
  ['bell\u0007\nname', 'line\nbreak@example.com'],
  [' Prod ', ' blanks@example.com '],
  ['生产环境', 'x@example.com'],
] as const;

it('accounts with odd names and addresses all become sessions, and stay as they are', async () => {
  await assign(odd);
  await center.sync();
  expect(sessions()).toHaveLength(odd.length);
  expect(sessions().find(({ accountName }) => accountName === 'slash')?.email).toBe(
    'aws/prod@example.com',
  );
  expect(sessions().map(({ accountName }) => accountName)).toContain('100000000007');
  expect(await sync()).toMatchObject({ added: 0, changed: 0, unchanged: odd.length });
});

it('an address that becomes odd does not keep later accounts away', async () => {
  await assign([['good', 'a@example.com']]);
  await center.sync();
  await assign([['good', 'aws/prod@example.com']]);
  await assign([['later', 'b@example.com']], 2);
  expect(await sync()).toMatchObject({ added: 1, changed: 1 });
});

it.each(['InvalidRequestException', 'ForbiddenException', 'ResourceNotFoundException'] as const)(
  'an account that answers %s is named and left unchanged while the others continue',
  async (error) => {
    await assign([
      ['one', 'a@example.com'],
      ['two', 'b@example.com'],
    ]);
    await center.sync();
    await owner.cloud.failAccount({ startUrl: center.startUrl, accountId: '100000000001', error });
    await assign([['three', 'c@example.com']], 3);
    expect(await sync()).toEqual({
      added: 1,
      changed: 0,
      unchanged: 1,
      vanished: 0,
      skipped: ['100000000001'],
    });
    expect(sessions().every(({ vanishedAt }) => vanishedAt === undefined)).toBe(true);
  },
);

it.each([
  ['us-gov-west-1', 'us-gov-west-1'],
  ['cn-north-1', 'cn-north-1'],
  ['eu-central-1', 'us-east-1'],
])('sessions of an integration in %s get region %s', async (region, expected) => {
  await owner.stint.integrations.update(
    center.integration.integrationId,
    (fields) => ({ ...fields, region }),
    'anna',
  );
  await assign([['good', 'a@example.com']]);
  await center.sync();
  expect(sessions().map((one) => one.region)).toEqual([expected]);
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { identityCenter, payments } from '../../support/identity-center.ts';
import { scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
beforeEach(async () => {
  owner = await scratchOwner();
});
afterEach(async () => {
  await owner.close();
});

it('a start URL copied from the browser with its #/ signs in and syncs', async () => {
  const center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Operator');
  await owner.stint.integrations.update(
    center.integration.integrationId,
    (fields) => ({ ...fields, startUrl: `${center.startUrl}#/` }) as never,
    'anna',
  );
  await center.sync();
  expect(center.integration).toMatchObject({ startUrl: center.startUrl });
  expect(owner.stint.sessions.list()).toHaveLength(1);
});

it('a region that is not the one in the start URL is refused by name', async () => {
  const added = owner.stint.integrations.create(
    {
      kind: 'awsSso',
      name: 'acme',
      region: 'eu-west-1',
      startUrl: 'https://ssoins-72238f444baccc75.portal.us-west-2.app.aws',
    },
    'anna',
  );
  await expect(added).rejects.toThrow(
    'region must be us-west-2, which the start URL names, not eu-west-1',
  );
});

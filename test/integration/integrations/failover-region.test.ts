import { afterEach, beforeEach, expect, it } from 'vitest';
import { approve, payments, userName } from '../../support/identity-center.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';

const startUrl = 'https://acme.awsapps.com/start';
let owner: ScratchOwner;
let integrationId = '';

beforeEach(async () => {
  owner = await scratchOwner();
  // At AWS's own names, which the practice cloud's proxy answers for.
  await owner.stint.settings.change({ awsSsoEndpointUrl: null, awsSsoOidcEndpointUrl: null });
  await owner.cloud.createIdentityCenter({ name: 'acme', startUrl });
  await owner.cloud.createSsoUser({ startUrl, userName });
  const roles = [{ ...payments, emailAddress: 'payments@example.com', roleName: 'Operator' }];
  await owner.cloud.assign({ startUrl, userName, assignments: roles });
  ({ integrationId } = await owner.stint.integrations.create(
    { kind: 'awsSso', name: 'acme', region: 'eu-west-1', failoverRegion: 'eu-central-1', startUrl },
    by,
  ));
});
afterEach(async () => {
  await owner.close();
});

const down = (...downRegions: string[]) => owner.cloud.setOverrides({ downRegions });
const integration = () => owner.stint.integrations.get(integrationId);

async function login(): Promise<string> {
  const { prompts } = await owner.stint.integrations.login(integrationId, 'device-code');
  await approve(owner, prompts);
  await eventually(
    () => integration().status,
    (status) => status === 'logged-in',
  );
  return String(prompts[0]?.text);
}

/** Starts the one session that a sync found. */
const start = () => {
  const { sessionId } = owner.stint.sessions.list()[0] ?? { sessionId: '' };
  return owner.stint.sessions.start(sessionId, { by });
};

it('the usual region is used while it answers', async () => {
  expect(await login()).not.toContain('eu-central-1');
  await down('eu-central-1');
  await owner.stint.integrations.sync(integrationId, by);
  expect((await start()).session.status).toBe('active');
});

it('people sign in at the other one while the first does not answer, and the question says why', async () => {
  await down('eu-west-1');
  expect(await login()).toContain('(in eu-central-1: eu-west-1 cannot be reached)');
  await owner.stint.integrations.sync(integrationId, by);
  expect((await start()).session.status).toBe('active');
});

it('a token stays with the region that issued it, and is renewed there', async () => {
  await down('eu-west-1');
  await login();
  await down();
  await owner.pass(3590);
  await owner.stint.integrations.sync(integrationId, by);
  expect(owner.stint.sessions.list()).toHaveLength(1);
  expect(owner.stint.prompts.list()).toEqual([]);
});

it('a start asks for a sign-in at the other region once the first is gone', async () => {
  await login();
  await owner.stint.integrations.sync(integrationId, by);
  await down('eu-west-1');
  const { prompts } = await start();
  expect(prompts[0]?.text).toContain('(in eu-central-1: eu-west-1 cannot be reached)');
  await approve(owner, prompts);
  await eventually(
    () => owner.stint.sessions.list()[0]?.status,
    (status) => status === 'active',
  );
});

it('without any region that answers, both are named and nobody is asked', async () => {
  await down('eu-west-1', 'eu-central-1');
  const { code, message } = await refusal(
    owner.stint.integrations.login(integrationId, 'device-code'),
  );
  expect(code).toBe('cloud-unreachable');
  expect(message).toContain('AWS Identity Center in eu-west-1 and eu-central-1 failed');
  expect(owner.stint.prompts.list()).toEqual([]);
});

it.each([
  ['eu-west-1', 'must be another region than region'],
  ['us-gov-west-1', 'must be in the partition of eu-west-1'],
  ['eu-west-9', 'must be a region of AWS'],
])('%s is refused as a failover region: it %s', async (failoverRegion, why) => {
  // Endpoints of one's own have regions of their own.
  await owner.stint.settings.change({ awsStsEndpointUrl: null, awsIamEndpointUrl: null });
  const changed = owner.stint.integrations.update(
    integrationId,
    (fields) => ({ ...fields, failoverRegion }) as never,
    by,
  );
  await expect(changed).rejects.toThrow(`failoverRegion ${why}`);
});

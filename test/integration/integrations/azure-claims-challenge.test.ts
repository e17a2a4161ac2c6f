import { describe, expect, it } from 'vitest';
import { claimsChallengeSchema } from '../../../src/api/schemas/claims-challenge.ts';
import { https } from '../../practice-cloud/azure.ts';
import { azureTenant, type Tenant } from '../../support/azure-tenant.ts';
import { claimsOf } from '../../support/claims.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
let tenant: Tenant;
aRunningOwner(async (started) => {
  owner = started;
  tenant = await azureTenant(owner, 'acme');
  await tenant.offer('Payments');
  await tenant.sync();
});

const manager = 'https://management.azure.com';

/** What a program does with the endpoint's token: it makes a resource group. */
async function createGroup() {
  const { sessionId, subscriptionId } = tenant.session('Payments');
  const { accessToken } = await owner.stint.sessions.azureToken(sessionId, manager);
  const url = `${manager}/subscriptions/${subscriptionId}/resourcegroups/rg?api-version=2021-04-01`;
  const headers = { authorization: `Bearer ${accessToken}` };
  return await https(owner, url, { method: 'PUT', headers, json: { location: 'westeurope' } });
}

describe('a claims challenge of Resource Manager', () => {
  it('is answered by a sign-in with a second factor, and active sessions continue with it', async () => {
    const { sessionId } = tenant.session('Payments');
    await owner.stint.sessions.start(sessionId, { by });
    const refused = await createGroup();
    expect(refused.status).toBe(401);
    const challenge = String(refused.headers['www-authenticate']);
    expect(challenge).toContain('error="insufficient_claims"');
    const claims = claimsChallengeSchema.parse(challenge);
    const { integrationId } = tenant.integration;
    const { rotatedAt } = tenant.session('Payments');
    const { prompts } = await owner.stint.integrations.login(integrationId, 'browser', claims);
    const url = String(prompts[0]?.url);
    const { userName } = tenant;
    // Entra does not let the person by with the password alone.
    await expect(owner.cloud.entraAuthorize({ url, userName, mfa: false })).rejects.toThrow('code');
    await fetch((await owner.cloud.entraAuthorize({ url, userName, mfa: true })).location);
    await eventually(
      () => tenant.session('Payments').rotatedAt,
      (at) => at !== rotatedAt,
    );
    const { accessToken } = await owner.stint.sessions.azureToken(sessionId, manager);
    expect(claimsOf(accessToken)['amr']).toContain('mfa');
    expect((await createGroup()).status).toBe(201);
  });

  it('is refused where no person signs in, and nothing changes', async () => {
    const { integrationId } = await owner.stint.integrations.create(
      {
        kind: 'awsSso',
        name: 'corp',
        region: 'eu-west-1',
        startUrl: 'https://corp.awsapps.com/start',
      },
      by,
    );
    const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
    const problem = await refusal(owner.stint.integrations.login(integrationId, 'browser', claims));
    expect(problem).toMatchObject({ code: 'invalid-request' });
    expect(owner.stint.prompts.list()).toEqual([]);
  });
});

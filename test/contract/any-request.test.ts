import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCampaign, minutes, numRuns } from '../support/campaign.ts';
import {
  ownerToAsk,
  requestsToEndVault,
  requestsWithVault,
  type AskedOwner,
} from '../support/fuzz/asked-owner.ts';

let owner: AskedOwner;
beforeAll(async () => {
  owner = await ownerToAsk();
});
afterAll(async () => {
  await owner.close();
});

/** Otherwise the same requests each time; after a failure the owner is another, so nothing is repeated. */
const asked = { ...(isCampaign ? {} : { seed: 15 }), endOnFailure: true };

describe('whatever is asked', () => {
  it(
    'the answer is one that openapi.json describes, and never a 500',
    async () => {
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(requestsWithVault, async (request) => {
          statuses.add(await owner.expectDescribed(request));
        }),
        { ...asked, numRuns: numRuns(150) },
      );
      // Not all of them are refused. Which rare ones a part of all requests meets changes with the API.
      const rare = isCampaign ? [201, 204, 409] : [];
      expect([...statuses]).toEqual(expect.arrayContaining([200, 404, 422, ...rare]));
    },
    minutes(1),
  );

  it('also for a token of a session that does not exist', async () => {
    const request = {
      operationId: 'createToken',
      method: 'POST',
      path: '/v1/tokens',
      headers: { 'content-type': 'application/json' },
      body: '{"role":"credentials","sessionId":" "}',
    };
    expect(await owner.expectDescribed(request)).toBe(404);
  });

  it(
    'also while the vault is locked, changed and replaced',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(requestsToEndVault, requestsWithVault), async (request) => {
          await owner.expectDescribed(request);
        }),
        { ...asked, numRuns: numRuns(20) },
      );
    },
    minutes(1),
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopes } from '../../src/models/scope.ts';
import { isCampaign, minutes, numRuns } from '../support/campaign.ts';
import { azureTenant } from '../support/azure-tenant.ts';
import { identityCenter, payments } from '../support/identity-center.ts';
import {
  requestsOf,
  type Description,
  type GeneratedRequest,
} from '../support/requests-from-description.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { by } from '../support/session-journey.ts';
import { deviations } from './described-answers.ts';

/*
 * Requests made from openapi.json itself, to one owner that lives through all of them. They are those
 * of an operator with every scope, so that no path outside of the scratch folder, no endpoint and no
 * program can be set; routes for the owner alone are asked as the owner.
 */

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
) as Description;
const operations = new Map(
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        [operation.operationId, { name: `${method.toUpperCase()} ${path}`, ...operation }] as const,
    ),
  ),
);

let owner: ScratchApi;
let leaseToken: string;
beforeAll(async () => {
  owner = await scratchApi();
  const { session } = await owner.addUser('anna');
  await owner.stint.sessions.start(session.sessionId, { by });
  leaseToken = (await owner.stint.leases.open(session.sessionId, { kind: 'endpoint', by })).token;
  await owner.addUser('ben');
  const { session: asking } = await owner.addUser('mia', { mfa: true });
  await owner.stint.sessions.start(asking.sessionId, { by });
  const center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Operator');
  await center.sync();
  const tenant = await azureTenant(owner, 'contoso');
  await tenant.offer('Payments');
  await tenant.sync();
  await owner.client.request('POST', '/v1/idps', {
    body: { name: 'Okta', url: 'https://acme.okta.example' },
  });
});
afterAll(async () => {
  await owner.close();
});

/** What a path with an id of this kind may name now. */
async function idsOf(kind: string): Promise<readonly string[]> {
  const { sessions, integrations, prompts, access, changes, leases } = owner.stint;
  switch (kind) {
    case 'sessions':
    case 'credentials':
    case 'azure':
      return sessions.list().map(({ sessionId }) => sessionId);
    case 'leases':
      return sessions
        .list()
        .flatMap(({ sessionId }) => leases.list(sessionId).map(({ leaseId }) => leaseId));
    case 'integrations':
      return integrations.list().map(({ integrationId }) => integrationId);
    case 'idps':
      return (await owner.client.request('GET', '/v1/idps')).items.map(({ idpId }) => idpId);
    case 'prompts':
      return prompts.list().map(({ promptId }) => promptId);
    case 'tokens':
      return access.list().map(({ tokenId }) => tokenId);
    case 'leaseToken':
      return [leaseToken];
    case 'changes':
      return (await changes.list()).map(({ id }) => id);
    default:
      throw new Error(`nothing is known of ${kind}`);
  }
}

async function withLiveIds(text: string): Promise<string> {
  let changed = text;
  for (const [whole, at, kind = ''] of text.matchAll(/live(?::|%3A)(\d+)(?::|%3A)(\w+)/g)) {
    const ids = await idsOf(kind);
    changed = changed.replace(whole, ids[Number(at) % Math.max(ids.length, 1)] ?? 'none');
  }
  return changed;
}

/** Sends it; throws for a 500 and for an answer that is not described. */
async function expectDescribed({
  operationId,
  method,
  path,
  headers,
  body,
}: GeneratedRequest): Promise<number> {
  const operation = operations.get(operationId);
  const allowed = operation?.['x-roles'] ?? ['operator'];
  const role = (['operator', 'window', 'owner'] as const).find((one) => allowed.includes(one));
  if (role === undefined) throw new Error(`${operationId} is for none of the roles that ask here`);
  const isForLease = operation?.['x-scope'] === 'lease';
  const answer = await owner.ask(method, await withLiveIds(path), {
    ...(body === undefined ? {} : { body: await withLiveIds(body) }),
    headers: {
      ...headers,
      ...(isForLease ? { authorization: leaseToken, 'x-identity-header': leaseToken } : {}),
    },
    connection: isForLease
      ? { kind: 'socket' }
      : {
          kind: 'in-process',
          principal: { subject: 'tester', role, scopes: new Set(scopes) },
        },
  });
  const isStream = answer.headers.get('content-type') === 'text/event-stream';
  const text = isStream ? '' : await answer.clone().text();
  expect(answer.status, text).not.toBe(500);
  expect(await deviations(operation?.name ?? '', answer), text).toEqual([]);
  if (isStream) await answer.body?.cancel();
  return answer.status;
}

/** They take the vault away from all that come after. */
const endingVault: ReadonlySet<string> = new Set(['lockVault', 'changePassphrase', 'restoreVault']);

/** Otherwise the same requests each time; after a failure the owner is another, so nothing is repeated. */
const asked = { ...(isCampaign ? {} : { seed: 15 }), endOnFailure: true };

describe('whatever is asked', () => {
  it(
    'the answer is one that openapi.json describes, and never a 500',
    async () => {
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(
          requestsOf(description, (operationId) => !endingVault.has(operationId)),
          async (request) => {
            statuses.add(await expectDescribed(request));
          },
        ),
        { ...asked, numRuns: numRuns(150) },
      );
      // Not all of them are refused. Which rare ones a part of all requests meets changes with the API.
      const rare = isCampaign ? [201, 204, 409] : [];
      expect([...statuses]).toEqual(expect.arrayContaining([200, 404, 422, ...rare]));
    },
    minutes(1),
  );

  it(
    'also while the vault is locked, changed and replaced',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            requestsOf(description, (operationId) => endingVault.has(operationId)),
            requestsOf(description, () => true),
          ),
          async (request) => {
            await expectDescribed(request);
          },
        ),
        { ...asked, numRuns: numRuns(20) },
      );
    },
    minutes(1),
  );
});

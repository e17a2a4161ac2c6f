import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { scopes } from '../../../src/models/scope.ts';
import { azureTenant } from '../azure-tenant.ts';
import { deviations } from '../described-answers.ts';
import { identityCenter, payments } from '../identity-center.ts';
import {
  requestsOf,
  type Description,
  type GeneratedRequest,
} from '../requests-from-description.ts';
import { scratchApi, type ScratchApi } from '../scratch-api.ts';
import { by } from '../session-journey.ts';

/*
 * Requests made from openapi.json itself, to one owner that lives through all of them. They are those
 * of an operator with every scope, so that no path outside of the scratch folder, no endpoint and no
 * program can be set; routes for the owner alone are asked as the owner.
 */

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'openapi.json'), 'utf8'),
) as Description;
const operations = new Map(
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        [operation.operationId, { name: `${method.toUpperCase()} ${path}`, ...operation }] as const,
    ),
  ),
);

interface Asked {
  readonly owner: ScratchApi;
  readonly leaseToken: string;
}

export interface AskedOwner {
  /** Sends it and resolves to the status; throws for a 500 and for an answer that is not described. */
  expectDescribed(request: GeneratedRequest): Promise<number>;
  close(): Promise<void>;
}

/** An owner with something of every kind. */
export async function ownerToAsk(): Promise<AskedOwner> {
  const owner = await scratchApi();
  const { session } = await owner.addUser('anna');
  await owner.stint.sessions.start(session.sessionId, { by });
  const { token: leaseToken } = await owner.stint.leases.open(session.sessionId, {
    kind: 'endpoint',
    by,
  });
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
  return {
    expectDescribed: (request) => askAndCheck({ owner, leaseToken }, request),
    close: () => owner.close(),
  };
}

/** They take the vault away from all that come after. */
const endingVault: ReadonlySet<string> = new Set(['lockVault', 'changePassphrase', 'restoreVault']);

export const requestsWithVault = requestsOf(
  description,
  (operationId) => !endingVault.has(operationId),
);
export const requestsToEndVault = requestsOf(description, (operationId) =>
  endingVault.has(operationId),
);

/** What a path with an id of this kind may name now. */
async function idsOf({ owner, leaseToken }: Asked, kind: string): Promise<readonly string[]> {
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

async function withLiveIds(asked: Asked, text: string): Promise<string> {
  let changed = text;
  for (const [whole, at, kind = ''] of text.matchAll(/live(?::|%3A)(\d+)(?::|%3A)(\w+)/g)) {
    const ids = await idsOf(asked, kind);
    changed = changed.replace(whole, ids[Number(at) % Math.max(ids.length, 1)] ?? 'none');
  }
  return changed;
}

async function askAndCheck(asked: Asked, request: GeneratedRequest): Promise<number> {
  const { operationId, method, path, headers, body } = request;
  const { owner, leaseToken } = asked;
  const operation = operations.get(operationId);
  const allowed = operation?.['x-roles'] ?? ['operator'];
  const role = (['operator', 'window', 'owner'] as const).find((one) => allowed.includes(one));
  if (role === undefined) throw new Error(`${operationId} is for none of the roles that ask here`);
  const isForLease = operation?.['x-scope'] === 'lease';
  const asking = owner.ask(method, await withLiveIds(asked, path), {
    ...(body === undefined ? {} : { body: await withLiveIds(asked, body) }),
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
  const answer = await whileTimePasses(owner, asking);
  const isStream = answer.headers.get('content-type') === 'text/event-stream';
  const text = isStream ? '' : await answer.clone().text();
  expect(answer.status, text).not.toBe(500);
  expect(await deviations(operation?.name ?? '', answer), text).toEqual([]);
  if (isStream) await answer.body?.cancel();
  return answer.status;
}

/** Moves the clock, which is still otherwise, for a request that waits for something: none waits longer than a minute. */
async function whileTimePasses(owner: ScratchApi, asking: Promise<Response>): Promise<Response> {
  for (let seconds = 0; seconds < 60; seconds += 5) {
    const answer = await Promise.race([asking, setTimeout(2000, undefined, { ref: false })]);
    if (answer !== undefined) return answer;
    await owner.pass(5);
  }
  throw new Error('The request was not answered within a minute.');
}

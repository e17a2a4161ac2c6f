import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemCodeOf, problemRegistry } from '../../src/models/problem.ts';
import type { SessionAction } from '../../src/models/session.ts';
import { isCampaign, numRuns } from '../support/campaign.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

/** A session of a random workspace, and what happened to it before somebody looks. */
const plans = fc.record({
  kind: fc.constantFrom('user', 'chained', 'federated'),
  delivery: fc.constantFrom('credentials-file', 'endpoint-only', undefined),
  maxLeases: fc.option(fc.constant(3), { nil: undefined }),
  isOver: fc.boolean(),
  isStarted: fc.boolean(),
  then: fc.constantFrom('nothing', 'keys lost', 'dependency removed', 'default delivery changed'),
});
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

const post = (path: string, body?: unknown) =>
  owner.ask('POST', path, body === undefined ? {} : { body });

const setDefaultDelivery = (defaultDelivery: string) =>
  owner.ask('PATCH', '/v1/settings', { body: { defaultDelivery } });

let made = 0;

async function make({ kind, delivery, maxLeases, isOver, isStarted, then }: Plan): Promise<string> {
  await setDefaultDelivery('endpoint-only');
  const isSeen = maxLeases !== undefined && delivery !== 'credentials-file';
  const chosen = {
    ...(delivery === undefined ? {} : { delivery }),
    ...(isSeen ? { limits: { maxLeases } } : {}),
  };
  const common = { sessionName: 'one', region: 'eu-west-1', ...chosen };
  const fields = kind === 'user' ? chosen : {};
  const { session: parent } = await owner.addUser(`parent-${(made += 1)}`, { fields });
  const roleArn = 'arn:aws:iam::447109328810:role/Deploy';
  const idp = await owner.client.request('POST', '/v1/idps', {
    body: { name: 'corp', url: 'https://corp.example/saml' },
  });
  const sessionId =
    kind === 'user'
      ? parent.sessionId
      : (
          await owner.client.request('POST', '/v1/sessions', {
            body:
              kind === 'chained'
                ? {
                    ...common,
                    type: 'awsIamRoleChained',
                    roleArn,
                    parentSessionId: parent.sessionId,
                  }
                : {
                    ...common,
                    type: 'awsIamRoleFederated',
                    roleArn,
                    idpId: idp.idpId,
                    idpArn: 'arn:aws:iam::447109328810:saml-provider/corp',
                  },
          })
        ).sessionId;
  if (isStarted && kind === 'user') await post(`/v1/sessions/${sessionId}/start`);
  if (isOver) {
    const validUntil = '2020-01-01T00:00:00Z';
    await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body: { validUntil } });
  }
  if (then === 'keys lost') {
    await owner.stint.vault.delete(`aws-iam-user/${parent.sessionId}/keys`);
  } else if (then === 'dependency removed' && kind !== 'user') {
    await owner.ask('DELETE', `/v1/idps/${idp.idpId}`);
    await owner.ask('DELETE', `/v1/sessions/${parent.sessionId}`);
  } else if (then === 'default delivery changed') {
    await setDefaultDelivery('credentials-file');
  }
  return sessionId;
}

/** Asks for an action as its reader would. `rotate-keys` makes a key in the cloud, so it comes last. */
const asks: Readonly<Record<SessionAction, (sessionId: string) => Promise<Response>>> = {
  restore: (id) => post(`/v1/sessions/${id}/restore`),
  start: (id) => post(`/v1/sessions/${id}/start`),
  rotate: (id) => post(`/v1/sessions/${id}/rotate`),
  extend: (id) => post(`/v1/sessions/${id}/extend`, { seconds: 60 }),
  update: (id) => owner.ask('PATCH', `/v1/sessions/${id}`, { body: { pinned: true } }),
  stop: (id) => post(`/v1/sessions/${id}/stop`),
  'rotate-keys': (id) => post(`/v1/sessions/${id}/rotate-keys`),
  delete: (id) => owner.ask('DELETE', `/v1/sessions/${id}`),
};

/** A person is needed here too, but not for an answer: what is gone could have been seen. */
const lost: ReadonlySet<string> = new Set(['secret-missing', 'dependency-missing']);

const tried = new Set<string>();

it('every action that a session of a random workspace offers works, or waits for a person', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const sessionId = await make(plan);
      const offered = async () =>
        (await owner.client.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } }))
          .actions;
      for (const action of Object.keys(asks) as SessionAction[]) {
        if (!(await offered()).includes(action)) continue;
        tried.add(action);
        const answer = await asks[action](sessionId);
        if (answer.status < 400 || answer.status >= 500) continue;
        const { type, detail } = (await answer.json()) as { type: string; detail: string };
        const code = problemCodeOf(type);
        const waits =
          code !== undefined && problemRegistry[code].kind === 'person' && !lost.has(code);
        expect([action, detail, waits]).toEqual([action, detail, true]);
      }
    }),
    { endOnFailure: true, numRuns: numRuns(25), ...(isCampaign ? {} : { seed: 15 }) },
  );
  expect([...tried].toSorted()).toEqual(
    expect.arrayContaining(['delete', 'rotate', 'rotate-keys', 'start', 'stop', 'update']),
  );
});

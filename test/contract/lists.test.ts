import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
let running = '';
beforeAll(async () => {
  owner = await scratchApi();
  running = (await owner.addUser('anna', { fields: { delivery: 'endpoint-only' } })).session
    .sessionId;
  await owner.addUser('berta', { fields: { environment: 'prod' } });
  const role = {
    type: 'awsIamRoleChained',
    region: 'eu-north-1',
    parentSessionId: running,
    roleArn: 'arn:aws:iam::447109328810:role/Deploy',
  };
  await owner.ask('POST', '/v1/sessions', { body: { ...role, sessionName: 'deploy' } });
  for (const kind of ['awsSso', 'azure']) {
    const where =
      kind === 'azure'
        ? { tenantId: 'acme.example' }
        : { region: 'eu-west-1', startUrl: 'https://acme.example/start' };
    await owner.ask('POST', '/v1/integrations', { body: { kind, name: `my ${kind}`, ...where } });
  }
  for (const name of ['corp', 'lab']) {
    await owner.ask('POST', '/v1/idps', { body: { name, url: `https://${name}.example/saml` } });
  }
  for (const body of [
    { name: 'ci', role: 'operator' },
    { name: 'prometheus', scopes: ['metrics:read'] },
    { name: 'tool', sessionId: running },
  ]) {
    await owner.ask('POST', '/v1/tokens', { body });
  }
  await owner.ask('POST', `/v1/sessions/${running}/start`);
  const lease = { kind: 'exec', process: 'aws' };
  const opened = await owner.ask('POST', `/v1/sessions/${running}/leases`, { body: lease });
  const { leaseId } = ((await opened.json()) as { lease: { leaseId: string } }).lease;
  await owner.ask('DELETE', `/v1/leases/${leaseId}`);
  await owner.ask('POST', `/v1/sessions/${running}/leases`, { body: { kind: 'endpoint' } });
  await owner.addUser('carla', { mfa: true });
  const asking = owner.stint.sessions.list().find((one) => one.sessionName === 'carla');
  await owner.ask('POST', `/v1/sessions/${asking?.sessionId ?? ''}/start`);
});
afterAll(async () => {
  await owner.close();
});

/** What of each entry tells them apart in this test. */
type Shown = (item: Record<string, string>) => unknown;
const names: Shown = ({ name, sessionName, profileName }) => name ?? sessionName ?? profileName;
const kinds: Shown = ({ kind }) => kind;

const table: readonly (readonly [list: string, query: string, shown: Shown, expected: object])[] = [
  ['sessions', 'name=ANNA', names, ['anna']],
  ['sessions', 'role=deploy', names, ['deploy']],
  ['sessions', 'delivery=endpoint-only', names, ['anna']],
  ['sessions', 'environment=prod', names, ['berta']],
  ['sessions', 'status=active', names, ['anna']],
  ['sessions', 'region=eu-north-1', names, ['deploy']],
  ['sessions', 'startedFrom=2020-01-01T00:00:00Z', names, ['anna']],
  ['sessions', 'idp=nobody', names, []],
  ['sessions', 'startedTo=2020-01-01T00:00:00Z', names, []],
  ['integrations', 'kind=azure', names, ['my azure']],
  ['integrations', 'region=eu-west-1&status=logged-out', names, ['my awsSso']],
  ['integrations', 'tenant=acme.example', names, ['my azure']],
  ['integrations', 'startUrl=https://acme.example/start', names, ['my awsSso']],
  ['integrations', 'name=nobody', names, []],
  ['idps', 'name=LAB', names, ['lab']],
  ['idps', 'url=https://corp.example/saml', names, ['corp']],
  ['tokens', 'role=operator', names, ['ci']],
  ['tokens', 'scope=metrics:read&name=prometheus', names, ['prometheus']],
  ['tokens', 'state=revoked', names, []],
  ['tokens', 'state=valid&role=credentials', names, ['tool']],
  ['profiles', 'session=anna', names, ['anna']],
  ['profiles', 'delivery=endpoint-only&status=active&published=false', names, ['anna']],
  ['profiles', 'region=eu-north-1', names, ['deploy']],
  ['profiles', 'profile=berta', names, ['berta']],
  ['prompts', 'kind=mfa', kinds, ['mfa']],
  ['prompts', 'kind=saml', kinds, []],
  ['prompts', 'account=nobody', kinds, []],
  ['changes', 'kind=agent&restorable=false', kinds, []],
  ['sessions/RUNNING/leases', 'open=true', kinds, ['endpoint']],
  ['sessions/RUNNING/leases', 'process=aws&kind=exec&reason=closed', kinds, ['exec']],
  ['sessions/RUNNING/runs', 'ended=false&by=owner', ({ startedBy }) => startedBy, ['owner']],
  ['sessions/RUNNING/runs', 'reason=stopped', ({ startedBy }) => startedBy, []],
];

describe('a list has a filter for each field that it shows', () => {
  it.each(table)('GET /v1/%s?%s', async (list, query, shown, expected) => {
    const path = `/v1/${list.replace('RUNNING', running)}?${query}`;
    const { items } = (await (await owner.ask('GET', path)).json()) as {
      items: Record<string, string>[];
    };
    expect(items.map(shown).toSorted()).toEqual((expected as unknown[]).toSorted());
  });

  it('session tokens by the session they are bound to', async () => {
    const { items } = await owner.client.request('GET', '/v1/tokens', {
      query: { session: running },
    });
    expect(items.map(({ name }) => name)).toEqual(['tool']);
  });

  it.each(['integrations', 'idps', 'tokens', 'profiles', 'prompts', 'changes', 'sessions'])(
    'GET /v1/%s refuses a parameter that it does not have',
    async (list) => {
      const answer = await owner.ask('GET', `/v1/${list}?colour=red`);
      expect(answer.status).toBe(422);
      expect(((await answer.json()) as { detail: string }).detail).toBe(
        'The query is not valid: colour is not a parameter of this route.',
      );
    },
  );
});

describe('the actions of a session', () => {
  it('are what its reader can do: each one of them works', async () => {
    const inOrder = ['rotate', 'stop', 'start'] as const;
    const tried: string[] = [];
    for (const name of ['anna', 'berta', 'carla']) {
      for (let turn = 0; turn < 2; turn += 1) {
        const { items } = await owner.client.request('GET', '/v1/sessions', { query: { name } });
        const [found] = items;
        const { sessionId, actions } = found ?? { sessionId: '', actions: [] as string[] };
        for (const action of inOrder.filter((one) => actions.includes(one))) {
          const answer = await owner.ask('POST', `/v1/sessions/${sessionId}/${action}`);
          expect([200, 202]).toContain(answer.status);
          tried.push(action);
          if (action !== 'rotate') break;
        }
      }
    }
    expect(new Set(tried)).toEqual(new Set(inOrder));
  });

  it('do not offer a start where something it depends on is gone', async () => {
    const orphan = await owner.client.request('POST', '/v1/idps', {
      body: { name: 'gone', url: 'https://gone.example/saml' },
    });
    const { sessionId } = await owner.client.request('POST', '/v1/sessions', {
      body: {
        type: 'awsIamRoleFederated',
        sessionName: 'saml',
        region: 'eu-west-1',
        idpId: orphan.idpId,
        roleArn: 'arn:aws:iam::447109328810:role/Saml',
        idpArn: 'arn:aws:iam::447109328810:saml-provider/gone',
      },
    });
    const actions = async () =>
      (await owner.client.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } })).actions;
    expect(await actions()).toEqual(['start', 'update', 'delete']);
    const { items } = await owner.client.request('GET', '/v1/sessions', {
      query: { idp: orphan.idpId },
    });
    expect(items.map(({ sessionName }) => sessionName)).toEqual(['saml']);
    await owner.ask('DELETE', `/v1/idps/${orphan.idpId}`);
    expect(await actions()).toEqual(['update', 'delete']);
    expect((await owner.ask('POST', `/v1/sessions/${sessionId}/start`)).status).toBe(409);
  });

  it('do not offer a start where the secret of the Azure application is missing', async () => {
    const { integrationId } = await owner.client.request('POST', '/v1/integrations', {
      body: {
        kind: 'azure',
        name: 'application',
        tenantId: 'b6f86c74-232c-410c-987a-b3fe7eccba72',
        clientId: 'f6f7b1b5-8f4e-4d0e-9c62-1d6f1f0a3c11',
        secrets: { clientSecret: 'hunter2~hunter2' },
      },
    });
    const { sessionId } = await owner.client.request('POST', '/v1/sessions', {
      body: {
        type: 'azure',
        sessionName: 'nightly',
        region: 'westeurope',
        integrationId,
        tenantId: 'b6f86c74-232c-410c-987a-b3fe7eccba72',
        subscriptionId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
        subscriptionName: 'Nightly',
      },
    });
    const actions = async () =>
      (await owner.client.request('GET', '/v1/sessions/{id}', { path: { id: sessionId } })).actions;
    expect(await actions()).toEqual(['start', 'update', 'delete']);
    await owner.stint.vault.delete(`integration/${integrationId}/azure-application`);
    expect(await actions()).toEqual(['update', 'delete']);
    const refused = await owner.ask('POST', `/v1/sessions/${sessionId}/start`);
    expect(await refused.json()).toMatchObject({
      detail: 'The secret of integration application is not in the vault.',
      next: `Enter it again: stint integration edit ${integrationId} --ask-client-secret`,
    });
  });
});

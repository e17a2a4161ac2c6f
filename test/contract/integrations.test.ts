import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemDocument } from '../../src/models/problem.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const acme = {
  kind: 'awsSso',
  name: 'acme',
  region: 'eu-west-1',
  startUrl: 'https://acme.awsapps.com/start',
} as const;

async function json<T>(answer: Response | Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T;
}

async function added(body: object = acme): Promise<string> {
  const answer = await owner.ask('POST', '/v1/integrations', { body });
  expect(answer.status).toBe(201);
  return (await json<{ integrationId: string }>(answer)).integrationId;
}

describe('integrations', () => {
  it('are made, read, listed, changed and removed', async () => {
    const answer = await owner.ask('POST', '/v1/integrations', { body: acme });
    const created = await json<{ integrationId: string }>(answer);
    expect(created).toEqual({
      ...acme,
      integrationId: created.integrationId,
      status: 'logged-out',
    });
    const path = `/v1/integrations/${created.integrationId}`;
    expect(answer.headers.get('location')).toBe(path);
    expect(await json(owner.ask('GET', path))).toEqual(created);
    expect(await json(owner.ask('GET', '/v1/integrations'))).toEqual({ items: [created] });

    // What was read may be sent back.
    const body = { ...created, name: 'acme two', status: 'logged-in' };
    const changed = { ...created, name: 'acme two' };
    expect(await json(owner.ask('PATCH', path, { body }))).toEqual(changed);

    expect((await owner.ask('DELETE', path)).status).toBe(204);
    expect((await owner.ask('GET', path)).status).toBe(404);
  });

  it('are reported on the event stream', async () => {
    const seen: string[] = [];
    const unsubscribe = owner.stint.events.subscribe(({ event }) => seen.push(event.type));
    const id = await added();
    await owner.ask('DELETE', `/v1/integrations/${id}`);
    unsubscribe();
    expect(seen.filter((type) => type.startsWith('integration'))).toEqual([
      'integration',
      'integration-removed',
    ]);
  });

  it.each([
    [{ ...acme, startUrl: 'http://acme.example/start' }, 'startUrl'],
    [{ ...acme, region: 'Mars!' }, 'region'],
    [{ ...acme, name: '' }, 'name'],
    [{ ...acme, accessToken: 'x' }, 'accessToken'],
    [{ ...acme, status: 'logged-in' }, 'status'],
  ])('that are not valid are refused by the field: %j', async (body, field) => {
    const before = owner.stint.integrations.list();
    const answer = await owner.ask('POST', '/v1/integrations', { body });
    expect(answer.status).toBe(422);
    const { errors = [] } = await json<ProblemDocument>(answer);
    expect(errors.map((error) => error.field)).toContain(field);
    expect(owner.stint.integrations.list()).toEqual(before);
  });

  it('cannot change their kind', async () => {
    const id = await added();
    const answer = await owner.ask('PATCH', `/v1/integrations/${id}`, {
      body: { kind: 'azure', tenantId: 'acme.example', startUrl: null, region: null },
    });
    expect(answer.status).toBe(422);
    expect(owner.stint.integrations.get(id).kind).toBe('awsSso');
  });

  it('that cannot be reached say so, and are logged out', async () => {
    const id = await added();
    await owner.stint.settings.change({ awsSsoOidcEndpointUrl: 'http://127.0.0.1:1' });
    for (const operation of ['login', 'sync']) {
      const answer = await owner.ask('POST', `/v1/integrations/${id}/${operation}`, { body: {} });
      expect(answer.status).toBe(503);
      expect(await json<ProblemDocument>(answer)).toMatchObject({
        type: 'urn:stint:problem:cloud-unreachable',
      });
    }
    expect(owner.stint.integrations.get(id).status).toBe('logged-out');
    expect((await owner.ask('POST', `/v1/integrations/${id}/logout`)).status).toBe(200);
  });

  it('of Azure never show the secret of their application, and refuse an unusable one', async () => {
    const azure = {
      kind: 'azure',
      name: 'deploy',
      tenantId: 'acme.example',
      clientId: 'f6f7b1b5-8f4e-4d0e-9c62-1d6f1f0a3c11',
    };
    const secrets = { clientSecret: 'hunter2~hunter2' };
    const answer = await owner.ask('POST', '/v1/integrations', { body: { ...azure, secrets } });
    expect(answer.status).toBe(201);
    const created = await json<{ integrationId: string }>(answer);
    const path = `/v1/integrations/${created.integrationId}`;
    expect(created).toEqual({
      ...azure,
      integrationId: created.integrationId,
      status: 'logged-out',
      credential: 'client-secret',
    });
    const patched = await owner.ask('PATCH', path, {
      body: { ...created, name: 'Deploy', secrets: { clientSecret: 'hunter3~hunter3' } },
    });
    expect(await json(patched)).toMatchObject({ name: 'Deploy', credential: 'client-secret' });
    for (const [wrong, field] of [
      [{ secrets: {} }, 'secrets'],
      [{ secrets: { clientSecret: 'a', clientCertificate: 'b' } }, 'secrets.clientCertificate'],
      [{ secrets: { password: 'a' } }, 'secrets.password'],
      [{ authorityHost: 'http://login.example' }, 'authorityHost'],
      [{ authorityHost: 'https://login.example/tenant' }, 'authorityHost'],
      [{ clientId: null, secrets }, 'clientId'],
    ] as const) {
      const refused = await owner.ask('PATCH', path, { body: wrong });
      expect(refused.status).toBe(422);
      const { errors = [], ...told } = await json<ProblemDocument>(refused);
      expect(errors.map((error) => error.field)).toContain(field);
      expect(JSON.stringify(told)).not.toContain('hunter');
    }
    expect(await json(owner.ask('GET', path))).toMatchObject({ name: 'Deploy' });
    const told = JSON.stringify(await json(owner.ask('GET', '/v1/history')));
    expect(told).not.toContain('hunter');
  });

  it('are for those who may', async () => {
    const id = await added();
    const viewer = { role: 'viewer' } as const;
    expect((await owner.askAs(viewer, 'GET', '/v1/integrations')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/v1/integrations'],
      ['PATCH', `/v1/integrations/${id}`],
      ['DELETE', `/v1/integrations/${id}`],
      ['POST', `/v1/integrations/${id}/login`],
      ['POST', `/v1/integrations/${id}/logout`],
      ['POST', `/v1/integrations/${id}/sync`],
    ] as const) {
      expect((await owner.askAs(viewer, method, path, {})).status).toBe(403);
    }
  });
});

describe('identity providers', () => {
  const okta = { name: 'okta', url: 'https://acme.okta.com/app/aws/sso/saml' };

  it('are made, read, listed, changed and removed', async () => {
    const answer = await owner.ask('POST', '/v1/idps', { body: okta });
    expect(answer.status).toBe(201);
    const created = await json<{ idpId: string }>(answer);
    expect(created).toEqual({ ...okta, idpId: created.idpId });
    const path = `/v1/idps/${created.idpId}`;
    expect(answer.headers.get('location')).toBe(path);
    expect(await json(owner.ask('GET', '/v1/idps'))).toEqual({ items: [created] });
    const changed = await json(owner.ask('PATCH', path, { body: { name: 'Okta' } }));
    expect(changed).toEqual({ ...created, name: 'Okta' });
    expect((await owner.ask('DELETE', path)).status).toBe(204);
    expect((await owner.ask('GET', path)).status).toBe(404);
  });

  it('must be https, except on this machine', async () => {
    for (const [url, status] of [
      ['http://idp.example/sso', 422],
      ['ftp://idp.example/sso', 422],
      ['http://127.0.0.1:8080/sso', 201],
    ] as const) {
      const answer = await owner.ask('POST', '/v1/idps', { body: { ...okta, url } });
      expect(answer.status).toBe(status);
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchApi, type AskOptions, type ScratchApi } from '../support/scratch-api.ts';
import { fieldsOfEveryType } from '../support/sessions.ts';
import { describedOperations, deviations, operationAt } from '../support/described-answers.ts';

let owner: ScratchApi;
const asked = new Map<string, Set<number>>();
const deviating: string[] = [];
beforeAll(async () => {
  owner = await scratchApi({ passphrase: 'correct horse battery staple' });
});
afterAll(async () => {
  await owner.close();
});

async function ask(method: string, path: string, options?: AskOptions): Promise<Response> {
  const answer = await owner.ask(method, path, options);
  const operation = operationAt(method, path);
  if (operation === undefined) throw new Error(`${method} ${path} is not described`);
  asked.set(operation, (asked.get(operation) ?? new Set()).add(answer.status));
  deviating.push(...(await deviations(operation, answer)));
  return answer;
}

const nobody = '/v1/sessions/3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11';
const user = fieldsOfEveryType.awsIamUser;
const json = async (answer: Promise<Response>) =>
  (await (await answer).json()) as Record<string, never>;

describe('every answer is one that openapi.json describes, to its last member', () => {
  it('of sessions of each type, made, read, listed and changed', async () => {
    const parent = await json(ask('POST', '/v1/sessions', { body: user }));
    for (const fields of Object.values(fieldsOfEveryType)) {
      const parentOf =
        fields.type === 'awsIamRoleChained' ? { parentSessionId: parent['sessionId'] } : {};
      const body = { ...fields, ...parentOf };
      const made = await ask('POST', '/v1/sessions', { body });
      const path = String(made.headers.get('location'));
      const ifMatch = { 'if-match': String(made.headers.get('etag')) };
      await ask('GET', path);
      await ask('GET', path, { headers: { 'if-none-match': ifMatch['if-match'] } });
      await ask('PUT', path, { body, headers: ifMatch });
      await ask('PUT', path, { body, headers: ifMatch });
      await ask('PUT', path, { body });
      await ask('PATCH', path, { body: { pinned: true } });
      await ask('PATCH', path, { body: { type: 'other' } });
      await ask('POST', '/v1/sessions', { body: await json(ask('GET', path)) });
      await ask('GET', `${path}/runs`);
      if (fields.type !== 'awsIamUser') await ask('POST', `${path}/start`);
    }
    await ask('GET', '/v1/sessions');
    await ask('GET', '/v1/sessions?limit=1&sort=-duration');
    await ask('GET', '/v1/sessions?limit=2&sort=-startDateTime');
    const taken = { ...user, sessionId: parent['sessionId'] };
    await ask('POST', '/v1/sessions', { body: taken });
    expect(deviating.splice(0)).toEqual([]);
  });

  it('of a run from its start to its end, and of whatever goes wrong with one', async () => {
    const { session, user: iam } = await owner.addUser('anna', { mfa: true });
    const path = `/v1/sessions/${session.sessionId}`;
    await ask('GET', `${path}/credentials`);
    await ask('POST', `${path}/rotate`);
    const { prompts } = await json(ask('POST', `${path}/start`));
    const [prompt] = prompts as unknown as { promptId: string }[];
    await ask('GET', path);
    await ask('GET', '/v1/prompts');
    const answer = await owner.cloud.mfaCode(String(iam.mfaSerial));
    const promptPath = `/v1/prompts/${prompt?.promptId ?? ''}`;
    await ask('POST', promptPath, { body: { answer } });
    await ask('POST', promptPath, { body: { answer } });
    await ask('POST', promptPath, { body: { nothing: 1 } });
    await ask('POST', `${path}/start`);
    await ask('GET', path);
    await ask('GET', `${path}/runs`);
    await ask('GET', `${path}/credentials`);
    await ask('POST', `${path}/rotate`);
    await ask('PATCH', path, { body: { tokenSeconds: 900 } });
    await ask('GET', path);
    await ask('POST', `${path}/stop`);
    await ask('POST', `${path}/stop`);
    await ask('POST', `${path}/forget`);
    await ask('GET', `${path}/runs`);
    await ask('POST', `${path}/start`, { body: { unknown: true } });
    await ask('POST', `${path}/start`, { body: 'x'.repeat(2_000_000) });
    await ask('POST', `${path}/start`, { body: '{}', headers: { 'content-type': 'text/plain' } });
    const keyless = await json(ask('POST', '/v1/sessions', { body: user }));
    await ask('POST', `/v1/sessions/${keyless['sessionId']}/start`);
    const occupying = (await owner.addUser('x', { fields: { profileName: 'personal' } })).session;
    await ask('POST', `/v1/sessions/${occupying.sessionId}/start`);
    await ask('PATCH', `/v1/sessions/${occupying.sessionId}`, {
      body: { validUntil: '2020-01-01T00:00:00Z' },
    });
    await owner.pass(60);
    await ask('POST', `/v1/sessions/${occupying.sessionId}/start`);
    const refused = await owner.addUser('refused');
    await owner.cloud.deactivateKey(refused.user.accessKeyId);
    await ask('POST', `/v1/sessions/${refused.session.sessionId}/start`);
    await ask('DELETE', path, { headers: { 'if-match': '"999"' } });
    await ask('DELETE', path);
    for (const rest of ['', '/runs', '/credentials']) await ask('GET', `${nobody}${rest}`);
    for (const rest of ['/start', '/rotate', '/stop', '/forget']) {
      await ask('POST', `${nobody}${rest}`);
    }
    await ask('DELETE', nobody);
    await ask('PATCH', nobody, { body: {} });
    expect(deviating.splice(0)).toEqual([]);
  });

  it('of leases, and of the endpoints that their holders ask', async () => {
    const delivery = { delivery: 'endpoint-only', limits: { maxLeases: 2 } };
    const { sessionId } = (await owner.addUser('lender', { fields: delivery })).session;
    const path = `/v1/sessions/${sessionId}`;
    const body = { kind: 'exec', process: 'aws', pid: process.pid };
    await ask('POST', `${path}/leases`, { body });
    await ask('POST', `${path}/start`, { body: { untilLastLease: true } });
    const { token, lease } = (await json(ask('POST', `${path}/leases`, { body }))) as unknown as {
      token: string;
      lease: { leaseId: string };
    };
    await ask('POST', `${path}/leases`, { body: { kind: 'endpoint' } });
    await ask('POST', `${path}/leases`, { body });
    await ask('POST', `${path}/leases`, { body: { kind: 'other' } });
    await ask('GET', `${path}/leases`);
    await ask('GET', path);
    const holder = { headers: { authorization: token } };
    await ask('GET', `/credentials/${sessionId}`, holder);
    await ask('GET', `/credentials/${sessionId}`);
    const identity = { headers: { 'x-identity-header': token } };
    await ask('GET', `/azure/${sessionId}/token?resource=https://vault.azure.net`, identity);
    await ask('GET', `/azure/${sessionId}/token`, identity);
    await ask('GET', `/azure/${sessionId}/token?resource=x&client_id=y`, identity);
    await ask('DELETE', `/v1/leases/${lease.leaseId}`);
    await ask('DELETE', `/v1/leases/${lease.leaseId}`);
    await ask('GET', `/credentials/${sessionId}`, holder);
    await ask('GET', `${path}/leases`);
    await ask('POST', `${path}/stop`);
    expect(deviating.splice(0)).toEqual([]);
  });

  it('of settings, history, tokens, the owner and its window', async () => {
    await ask('GET', '/v1/healthz');
    await ask('GET', '/v1/settings');
    await ask('PATCH', '/v1/settings', { body: { awsEndpointUrl: null } });
    await ask('PATCH', '/v1/settings', { body: { awsEndpointUrl: 7 } });
    await ask('GET', '/v1/history?limit=3');
    await ask('GET', '/v1/history?limit=500');
    await ask('GET', '/v1/history?from=yesterday');
    await ask('GET', '/v1/history?cursor=nonsense');
    await ask('GET', '/v1/history/verify');
    await ask('GET', '/v1/history/export');
    const made = await json(ask('POST', '/v1/tokens', { body: { name: 'ci' } }));
    await ask('POST', '/v1/tokens', { body: { name: 'owner' } });
    await ask('POST', '/v1/tokens', { body: { name: 'x', scopes: ['sessions:start'] } });
    await ask('POST', '/v1/tokens/verify', { body: { token: made['token'] } });
    await ask('POST', '/v1/tokens/verify', { body: { token: 'nonsense' } });
    await ask('GET', '/v1/tokens');
    await ask('DELETE', `/v1/tokens/${made['tokenId']}`);
    await ask('DELETE', `/v1/tokens/${made['tokenId']}`);
    await ask('GET', '/v1/tokens');
    await ask('POST', '/v1/tokens/reset-key');
    await ask('POST', '/v1/tokens/reset-key', { body: { forget: true } });
    await ask('GET', '/v1/owner');
    await ask('POST', '/v1/owner/vault', { body: { from: 'previous' } });
    await ask('POST', '/v1/owner/vault', { body: { from: 'elsewhere' } });
    await ask('POST', '/v1/owner/release');
    await ask('POST', '/v1/owner/stop');
    await ask('GET', '/v1/openapi.json');
    await ask('POST', '/v1/handshake', { body: { nonce: 'A'.repeat(22) } });
    await ask('POST', '/v1/handshake', { body: { code: 'A'.repeat(43) } });
    const code = owner.stint.access.windows.code();
    await ask('POST', '/v1/handshake', { body: { code } });
    await ask('POST', '/v1/handshake', { body: { other: 1 } });
    await (await ask('GET', '/v1/events')).body?.cancel();
    expect(deviating.splice(0)).toEqual([]);
  });

  it('of profiles', async () => {
    await owner.addUser('published');
    for (const body of [{ all: true, dryRun: true }, { all: true }, { profileNames: ['x'] }, {}]) {
      await ask('POST', '/v1/profiles/publish', { body });
    }
    await ask('GET', '/v1/profiles');
    for (const to of ['renamed', 'DEFAULT', '']) {
      await ask('POST', '/v1/profiles/rename', { body: { from: 'published', to } });
    }
    await ask('POST', '/v1/profiles/unpublish', { body: { profileNames: ['x'] } });
    await ask('POST', '/v1/profiles/unpublish', { body: { all: true } });
    expect(deviating.splice(0)).toEqual([]);
  });

  it('of integrations and identity providers', async () => {
    const acme = { kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl: 'https://a.test' };
    const tenant = { kind: 'azure', name: 'tenant', tenantId: 'acme.example' };
    await owner.stint.settings.change({ awsSsoOidcEndpointUrl: 'http://127.0.0.1:1' });
    for (const fields of [acme, tenant]) {
      const path = String(
        (await ask('POST', '/v1/integrations', { body: fields })).headers.get('location'),
      );
      await ask('GET', path);
      await ask('PATCH', path, { body: { name: 'other' } });
      await ask('PATCH', path, { body: { kind: 'other' } });
      for (const operation of ['login', 'sync', 'logout']) {
        await ask('POST', `${path}/${operation}`, { body: {} });
      }
      await ask('GET', '/v1/integrations');
      await ask('DELETE', `${path}?sessions=none`);
      await ask('DELETE', `${path}?sessions=remove`);
    }
    await ask('POST', '/v1/integrations', { body: {} });
    const body = { name: 'okta', url: 'https://acme.okta.com' };
    const idp = String((await ask('POST', '/v1/idps', { body })).headers.get('location'));
    await ask('GET', idp);
    await ask('GET', '/v1/idps');
    await ask('PATCH', idp, { body: { url: 'http://elsewhere' } });
    await ask('PATCH', idp, { body: { name: 'Okta' } });
    await ask('DELETE', idp);
    await ask('POST', '/v1/idps', { body: {} });
    await ask('GET', '/v1/prompts?session=nobody');
    expect(deviating.splice(0)).toEqual([]);
  });

  it('of what Stint holds, listed and put back', async () => {
    const { session } = await owner.addUser('held');
    await ask('POST', `/v1/sessions/${session.sessionId}/start`);
    const { items } = (await (await ask('GET', '/v1/changes')).json()) as {
      items: readonly { id: string }[];
    };
    expect(items.length).toBeGreaterThan(1);
    for (const { id } of items) await ask('POST', `/v1/changes/${id}/restore`);
    await ask('POST', '/v1/changes/none/restore');
    expect(deviating.splice(0)).toEqual([]);
  });

  it('without a token, from elsewhere, and with the vault locked', async () => {
    await owner.stint.vault.lock();
    for (const operation of describedOperations) {
      const [method = '', pattern = ''] = operation.split(' ');
      const path = pattern.replace('{id}', '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11');
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { body: {} } : {};
      await ask(method, path, { ...body, headers: { authorization: '' } });
      const connection = { kind: 'tcp', port: 4711 } as const;
      await ask(method, path, { ...body, connection, headers: { host: 'evil.example' } });
      if (!['/v1/events', '/v1/owner/window', '/v1/unlock'].includes(path)) {
        await ask(method, path, body);
      }
    }
    await ask('POST', '/v1/sessions', { body: user });
    await ask('POST', '/v1/tokens', { body: { name: 'late' } });
    await ask('POST', '/v1/unlock', { body: { passphrase: '' } });
    await ask('POST', '/v1/unlock', { body: {} });
    await ask('POST', '/v1/passphrase', { body: { method: 'keychain' } });
    await ask('POST', '/v1/passphrase', {
      body: { method: 'passphrase', passphrase: 'new words' },
    });
    expect(deviating.splice(0)).toEqual([]);
  });

  it('and all of them were asked', () => {
    expect(describedOperations.filter((operation) => !asked.has(operation))).toEqual([]);
  });
});

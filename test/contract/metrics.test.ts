import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
beforeAll(async () => {
  owner = await scratchApi();
});
afterAll(async () => {
  await owner.close();
});

const text = async () => await (await owner.ask('GET', '/v1/metrics')).text();

/** The value of a series, such as `stint_leases{kind="exec"}`; undefined where it is not there. */
async function valueOf(series: string): Promise<number | undefined> {
  const line = (await text()).split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

const user = (status: string) => `stint_sessions{type="awsIamUser",status="${status}"}`;
const ended = (operation: string) =>
  `stint_operation_duration_seconds_count{operation="${operation}",type="awsIamUser"}`;
const renewals = (outcome: string) =>
  `stint_renewals_total{type="awsIamUser",outcome="${outcome}"}`;

describe('GET /v1/metrics', () => {
  it('counts active sessions by type and status (active session metrics)', async () => {
    const before = (await valueOf(user('inactive'))) ?? NaN;
    const { sessionId } = (await owner.addUser('counted')).session;
    expect(await valueOf(user('inactive'))).toBe(before + 1);
    await owner.ask('POST', `/v1/sessions/${sessionId}/start`);
    expect(await valueOf(user('active'))).toBe(1);
    expect(await valueOf(user('inactive'))).toBe(before);
    expect(await valueOf('stint_sessions{type="azure",status="active"}')).toBe(0);
    await owner.ask('POST', `/v1/sessions/${sessionId}/stop`);
    expect(await valueOf(user('active'))).toBe(0);
    expect([await valueOf(ended('start')), await valueOf(ended('stop'))]).toEqual([1, 1]);
  });

  it('counts requests and how long they took (operation metrics)', async () => {
    const count = 'stint_request_duration_seconds_count{operation="listTokens"}';
    const before = (await valueOf(count)) ?? 0;
    await owner.ask('GET', '/v1/tokens');
    expect(await valueOf(count)).toBe(before + 1);
  });

  it('counts renewals, and failures by their kind', async () => {
    owner.stint.scheduler.start();
    const { session, user: iam } = await owner.addUser('renewed', {
      fields: { tokenSeconds: 900 },
    });
    await owner.ask('POST', `/v1/sessions/${session.sessionId}/start`);
    const { renewAt = '' } = owner.stint.sessions.get(session.sessionId);
    const wait = (Date.parse(renewAt) - Date.now()) / 1000 + 60;
    await owner.pass(wait);
    await expect.poll(() => valueOf(renewals('success'))).toBe(1);
    await owner.cloud.deactivateKey(iam.accessKeyId);
    await owner.pass(wait);
    await expect.poll(() => valueOf(renewals('failure'))).toBeGreaterThan(0);
    const refused = `stint_operation_failures_total{operation="renew",type="awsIamUser",kind="refused"}`;
    expect(await valueOf(refused)).toBe(await valueOf(renewals('failure')));
    await expect.poll(() => valueOf('stint_sessions_failing_renewal{type="awsIamUser"}')).toBe(1);
    await owner.stint.scheduler.stop();
    const wrong = 'stint_request_failures_total{kind="caller"}';
    const before = (await valueOf(wrong)) ?? NaN;
    await owner.ask('GET', '/v1/sessions?limit=lots');
    expect(await valueOf(wrong)).toBe(before + 1);
    await owner.ask('POST', `/v1/sessions/${session.sessionId}/stop`);
  });

  it('counts open leases and questions that wait', async () => {
    const { sessionId } = (await owner.addUser('lent')).session;
    await owner.ask('POST', `/v1/sessions/${sessionId}/start`);
    await owner.ask('POST', `/v1/sessions/${sessionId}/leases`, { body: { kind: 'exec' } });
    expect(await valueOf('stint_leases{kind="exec"}')).toBe(1);
    await owner.ask('POST', `/v1/sessions/${sessionId}/stop`);
    expect(await valueOf('stint_leases{kind="exec"}')).toBe(0);
    const asking = (await owner.addUser('asking', { mfa: true })).session.sessionId;
    await owner.ask('POST', `/v1/sessions/${asking}/start`);
    expect(await valueOf('stint_prompts_waiting{kind="mfa"}')).toBe(1);
    await owner.ask('POST', `/v1/sessions/${asking}/stop`);
    expect(await valueOf('stint_prompts_waiting{kind="mfa"}')).toBe(0);
  });

  it('says nothing that names anything: no session, account, id or address', async () => {
    const shown = await text();
    const sessions = owner.stint.sessions.list();
    expect(sessions.length).toBeGreaterThan(3);
    for (const { sessionId, sessionName } of sessions) {
      expect(shown).not.toContain(sessionId);
      expect(shown).not.toContain(sessionName);
    }
    expect(shown).not.toMatch(/447109328810|eu-west-1|https?:|127\.0\.0\.1/);
  });

  it('answers a token that reads metrics alone, for a year, and shows it nothing else', async () => {
    const year = 366 * 24 * 3600;
    const made = await owner.client.request('POST', '/v1/tokens', {
      body: { name: 'prometheus', scopes: ['metrics:read'], expires_in: year },
    });
    const headers = { authorization: `Bearer ${made.token}` };
    owner.sleep(year - 60);
    const answer = await owner.ask('GET', '/v1/metrics', { headers });
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await owner.ask('GET', '/v1/sessions', { headers })).status).toBe(403);
    owner.sleep(60);
    expect((await owner.ask('GET', '/v1/metrics', { headers })).status).toBe(401);
  });

  it.each([
    [{ name: 'more', scopes: ['metrics:read', 'sessions:read'] }],
    [{ name: 'viewer', role: 'viewer' }],
  ])('%j has 30 days at most', async (rights) => {
    const body = { ...rights, expires_in: 31 * 24 * 3600 };
    const answer = await owner.ask('POST', '/v1/tokens', { body });
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { detail: string }).detail).toContain('at most 30 d');
  });
});

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startOidcIssuer } from '../support/oidc-issuer.ts';
import { aRunningApi } from '../support/running-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';
import { eventually } from '../support/scratch-owner.ts';

/*
 * The statements about the Sessions component that speak of time, or of what changes outside, each by its
 * name there (`docs/contract.md`).
 */

const day = 86_400;

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

const at = (id: string) => `/v1/sessions/${id}`;
const read = async (id: string) => {
  const answer = await owner.ask('GET', at(id));
  return (await answer.json()) as {
    readonly sessionName: string;
    readonly status: string;
    readonly createdAt: string;
    readonly archivedAt?: string;
    readonly validUntil?: string;
    readonly run?: { readonly startedAt: string; readonly endsAt: string };
    readonly lastEnd?: { readonly reason: string };
  };
};
/** A session of an owner that ends and renews sessions when it is time. */
async function startable(more: object = {}): Promise<string> {
  owner.stint.scheduler.start();
  const fields = { delivery: 'endpoint-only', ...more };
  return (await owner.addUser('anna', { fields })).session.sessionId;
}
const start = (id: string) => owner.ask('POST', `${at(id)}/start`);
const ended = async (id: string) =>
  await eventually(
    () => read(id),
    ({ status }) => status === 'inactive',
  );
const issue = (more: object = {}) =>
  owner.client.request('POST', '/v1/tokens', { body: { name: 'ci', role: 'viewer', ...more } });
const statusWith = async (token: string, path = '/v1/sessions') =>
  (await owner.ask('GET', path, { headers: { authorization: `Bearer ${token}` } })).status;

/** A session that is valid for so many seconds, past its end. */
async function archived(expires_in = 60): Promise<string> {
  const id = await startable();
  const { createdAt } = await read(id);
  const validUntil = new Date(Date.parse(createdAt) + expires_in * 1000).toISOString();
  await owner.ask('PATCH', at(id), { body: { validUntil } });
  await start(id);
  await owner.pass(expires_in + 20);
  await eventually(
    () => read(id),
    ({ archivedAt }) => archivedAt !== undefined,
  );
  return id;
}

describe('access', () => {
  test('OIDC: an access token of the trusted issuer has the rights of its role there', async () => {
    const issuer = await startOidcIssuer();
    onTestFinished(() => issuer.stop());
    const file = join(owner.folder, 'stint', 'issuer.json');
    const roles = [{ value: 'everyone', role: 'viewer' }];
    const trusted = { issuer: issuer.issuer, audience: 'stint', claim: 'groups', roles };
    await writeFile(file, JSON.stringify(trusted), { mode: 0o600 });
    const token = await issuer.token({ groups: ['everyone'] });
    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(token, '/v1/tokens')).toBe(403);
  });

  test('JWT signing keys are rotated regularly, and what they signed stays good', async () => {
    await owner.client.request('PATCH', '/v1/settings', { body: { tokenKeyDays: 1 } });
    const first = await issue({ expires_in: 3 * day });
    await owner.pass(day + 60);
    const second = await issue();
    const kid = (token: string) => decodeProtectedHeader(token).kid;
    expect(kid(second.token)).not.toBe(kid(first.token));
    expect([await statusWith(first.token), await statusWith(second.token)]).toEqual([200, 200]);
  });

  test('TTLs: a token is good for half an hour, unless more is asked', async () => {
    const [usual, longer] = [await issue(), await issue({ expires_in: 3600 })];
    await owner.pass(1790);
    expect(await statusWith(usual.token)).toBe(200);
    await owner.pass(20);
    expect([await statusWith(usual.token), await statusWith(longer.token)]).toEqual([401, 200]);
  });
});

describe('the end of a session', () => {
  test('expires_in becomes the time until which it is valid', async () => {
    const answer = await owner.ask('POST', '/v1/sessions', {
      body: { type: 'awsIamUser', sessionName: 'a', region: 'eu-west-1', expires_in: 3600 },
    });
    const { createdAt, validUntil } = (await answer.json()) as Record<string, string>;
    expect(Date.parse(validUntil ?? '') - Date.parse(createdAt ?? '')).toBe(3_600_000);
  });

  test('automatic expiration: its run ends, and it starts no more', async () => {
    const id = await archived();
    expect(await read(id)).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'valid-until' },
    });
    expect((await start(id)).status).toBe(409);
  });

  test('clean-up: removed with its keys once it was archived for as long as the setting says', async () => {
    await owner.client.request('PATCH', '/v1/settings', { body: { archivedDays: 1 } });
    const id = await archived();
    const keys = () => owner.stint.vault.get(`aws-iam-user/${id}/keys`);
    expect(await keys()).toBeDefined();
    await owner.pass(day + 60);
    await eventually(
      async () => (await owner.ask('GET', at(id))).status,
      (status) => status === 404,
    );
    await eventually(keys, (kept) => kept === undefined);
  });

  test('activity tracking and timeout: it ends once nobody has used it for so long', async () => {
    const id = await startable({ limits: { idleSeconds: 900 } });
    await start(id);
    await owner.pass(600);
    expect((await owner.ask('GET', `${at(id)}/credentials`)).status).toBe(200);
    await owner.pass(600);
    expect((await read(id)).status).toBe('active');
    await owner.pass(320);
    expect((await ended(id)).lastEnd).toMatchObject({ reason: 'idle' });
  });
});

describe('sources of bugs', () => {
  test.each([-1200, 1200])('clock drift of %i s ends nothing early or late', async (seconds) => {
    await owner.cloud.setOverrides({ clockOffsetSeconds: seconds });
    const id = await startable({ limits: { maxSessionSeconds: 600 } });
    await start(id);
    const { run } = await read(id);
    expect(Date.parse(run?.endsAt ?? '') - Date.parse(run?.startedAt ?? '')).toBe(600_000);
    await owner.pass(580);
    expect((await read(id)).status).toBe('active');
    await owner.pass(40);
    expect((await ended(id)).lastEnd).toMatchObject({ reason: 'max-duration' });
  });

  test('a stale cache: what another program wrote is in the next answer', async () => {
    const id = await startable();
    const file = join(owner.folder, 'stint', 'workspace.json');
    const written = await readFile(file, 'utf8');
    await writeFile(file, written.replace('"sessionName": "anna"', '"sessionName": "berta"'));
    expect((await read(id)).sessionName).toBe('berta');
  });
});

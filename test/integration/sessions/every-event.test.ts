import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryEntry, HistoryKind } from '../../../src/models/history.ts';
import { identityCenter, payments } from '../../support/identity-center.ts';
import { scratchApi, type ScratchApi } from '../../support/scratch-api.ts';
import { eventually } from '../../support/scratch-owner.ts';

/* One owner does everything that leaves an entry in the history; the table says what each entry has to say. */

const passphrase = 'correct horse battery staple';
const socket = { by: 'owner', actor: { role: 'owner', via: 'socket' } };
const stint = { by: 'stint' };
const text = expect.any(String) as string;
const ofSession = { sessionId: text, sessionName: text };
const ofRun = { ...ofSession, runId: text };
const snapshot = { type: 'awsIamUser', region: 'eu-west-1' };

const expected: Readonly<Record<HistoryKind, Partial<HistoryEntry> | object>> = {
  'session-created': { ...ofSession, ...socket, snapshot },
  'session-updated': { ...ofSession, ...socket, changes: [{ field: 'pinned', to: true }] },
  'session-removed': { ...ofSession, ...socket, snapshot },
  'session-started': { ...ofRun, ...socket, snapshot },
  'session-rotated': { ...ofRun, ...socket },
  'session-stopped': { ...ofRun, ...socket, reason: 'stopped', message: text },
  'rotation-failed': { ...ofRun, ...socket, message: text },
  'credentials-expired': { ...ofRun, ...stint, message: text },
  'session-ending': { ...ofRun, ...stint, message: text },
  'session-extended': { ...ofRun, ...socket, message: text },
  'section-restored': { ...ofRun, ...stint, message: text },
  'lease-opened': { ...ofRun, ...socket, message: text },
  'lease-closed': { ...ofRun, ...socket, message: text },
  'prompt-raised': { ...ofSession, ...stint, message: text },
  'prompt-closed': { ...ofSession, message: text },
  login: { ...stint, message: 'acme' },
  logout: { ...socket, message: 'acme' },
  'integration-created': { by: 'anna', message: 'acme' },
  'integration-updated': { ...socket, changes: [{ field: 'name', from: 'acme', to: 'corp' }] },
  'integration-removed': { ...socket, message: 'corp' },
  'integration-synced': { message: expect.stringMatching(/^acme: /) as string },
  'identity-provider-created': { ...socket, message: 'okta' },
  'identity-provider-updated': { ...socket, changes: [{ field: 'name', from: 'okta', to: 'o' }] },
  'identity-provider-removed': { ...socket, message: 'o' },
  'settings-updated': {
    ...socket,
    changes: [{ field: 'defaultRegion', from: 'us-east-1', to: 'eu-north-1' }],
  },
  'credentials-read': { ...ofRun, by: 'lease', message: text },
  'import-applied': { ...socket, message: expect.stringMatching(/^From aws-config/) as string },
  'import-undone': { ...socket, message: expect.stringMatching(/^From aws-config/) as string },
  'token-issued': { ...socket, message: text },
  'token-revoked': { ...socket, message: text },
  'keys-reset': socket,
  'vault-locked': { ...socket, message: text },
  'vault-unlocked': { by: 'owner' },
  'vault-rewrapped': { ...socket, message: text },
  'key-created': { ...ofSession, ...socket, message: text },
  'key-deactivated': { ...ofSession, ...socket, message: text },
  'key-deleted': { ...ofSession, ...socket, message: text },
  'key-rotation-failed': { ...ofSession, ...socket, message: text },
};

function hasAll(entry: HistoryEntry, wanted: object): boolean {
  try {
    expect(entry).toMatchObject(wanted);
    return true;
  } catch {
    return false;
  }
}

let owner: ScratchApi;
let folder: string;
const asked: string[] = [];
beforeAll(async () => {
  owner = await scratchApi({ passphrase });
  folder = await mkdtemp(join(tmpdir(), 'stint-events-'));
  await everything();
});
afterAll(async () => {
  await owner.close();
  await rm(folder, { recursive: true });
});

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await owner.ask(method, path, body === undefined ? {} : { body });
  const said = await answer.text();
  asked.push(`${method} ${path} ${answer.status} ${said.slice(0, 200)}`);
  return (said === '' ? undefined : JSON.parse(said)) as T;
}

/** The newest entry of a kind, or of one session. */
const newest = (kind: HistoryKind, session?: string) =>
  owner.stint.history.list({ kind, limit: 1, ...(session === undefined ? {} : { session }) })
    .items[0];

async function everything(): Promise<void> {
  await keysAndQuestions();
  await aRun();
  await aRunThatExpires();
  await sources();
  await accessAndImport();
  await lockAndUnlock();
}

async function added(name: string, fields: object = {}) {
  const user = await owner.cloud.createUser({ accountId: '447109328810', userName: name });
  const { accessKeyId, secretAccessKey } = user;
  const session = { type: 'awsIamUser', sessionName: name, region: 'eu-west-1', ...fields };
  const secrets = { accessKeyId, secretAccessKey };
  return await ask<{ sessionId: string }>('POST', '/v1/sessions', { ...session, secrets });
}

async function aRun(): Promise<void> {
  const { sessionId } = await added('anna', { limits: { maxSessionSeconds: 7200 } });
  const path = `/v1/sessions/${sessionId}`;
  await ask('PATCH', path, { pinned: true });
  await ask('POST', `${path}/start`, {});
  await ask('POST', `${path}/rotate`);
  await owner.cloud.setOverrides({ failNext: 10, failStatus: 503 });
  await ask('POST', `${path}/rotate`);
  await owner.cloud.setOverrides({ failNext: 0 });
  await ask('POST', `${path}/extend`, { seconds: 600 });
  owner.stint.scheduler.start();
  await writeFile(owner.credentialsFile, '');
  await owner.stint.scheduler.checkSections([sessionId]);
  const lease = await ask<{ url: string; token: string; lease: { leaseId: string } }>(
    'POST',
    `${path}/leases`,
    { kind: 'endpoint' },
  );
  await owner.ask('GET', new URL(lease.url).pathname, { headers: { authorization: lease.token } });
  await ask('DELETE', `/v1/leases/${lease.lease.leaseId}`);
  await owner.pass(7200 + 600 - 200);
  await eventually(
    () => newest('session-ending'),
    (entry) => entry !== undefined,
  );
  await ask('POST', `${path}/stop`);
}

async function aRunThatExpires(): Promise<void> {
  await owner.cloud.setOverrides({ grantedSeconds: 900 });
  const { sessionId } = await added('berta');
  await ask('POST', `/v1/sessions/${sessionId}/start`, {});
  await owner.cloud.setOverrides({ dropConnections: true });
  await owner.pass(1000);
  await eventually(
    () => newest('credentials-expired'),
    (entry) => entry !== undefined,
  );
  await owner.cloud.setOverrides({ dropConnections: false, grantedSeconds: null });
  await ask('DELETE', `/v1/sessions/${sessionId}`);
}

async function keysAndQuestions(): Promise<void> {
  const { sessionId } = await added('carla');
  const path = `/v1/sessions/${sessionId}/rotate-keys`;
  await ask('POST', path, {});
  await ask('POST', path, { finish: true });
  await owner.cloud.setOverrides({ iamDenies: ['CreateAccessKey'] });
  await ask('POST', path, {});
  await owner.cloud.setOverrides({ iamDenies: [] });
  const { session } = await owner.addUser('dora', { mfa: true });
  const { prompts } = await ask<{ prompts: { promptId: string }[] }>(
    'POST',
    `/v1/sessions/${session.sessionId}/start`,
    {},
  );
  await ask('POST', `/v1/prompts/${prompts[0]?.promptId ?? ''}`, { cancel: true });
  await eventually(
    () => newest('prompt-closed'),
    (entry) => entry !== undefined,
  );
}

async function sources(): Promise<void> {
  const center = await identityCenter(owner, 'acme');
  await center.offer(payments, 'Admin');
  await center.sync();
  const path = `/v1/integrations/${center.integration.integrationId}`;
  await ask('POST', `${path}/logout`);
  await ask('PATCH', path, { name: 'corp' });
  await ask('DELETE', `${path}?sessions=remove`);
  const url = 'https://okta.example/saml';
  const { idpId } = await ask<{ idpId: string }>('POST', '/v1/idps', { name: 'okta', url });
  await ask('PATCH', `/v1/idps/${idpId}`, { name: 'o' });
  await ask('DELETE', `/v1/idps/${idpId}`);
}

async function accessAndImport(): Promise<void> {
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  const role = 'arn:aws:iam::447109328810:role/Audit';
  await writeFile(
    config,
    `[default]\nregion = eu-north-1\n[profile audit]\nrole_arn = ${role}\nsource_profile = keys\n`,
  );
  await writeFile(
    credentials,
    '[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
  );
  const files = { config, credentials };
  await ask('POST', '/v1/import', { from: 'aws-config', files, apply: true, withKeys: true });
  const { tokenId } = await ask<{ tokenId: string }>('POST', '/v1/tokens', { role: 'viewer' });
  await ask('DELETE', `/v1/tokens/${tokenId}`);
  await ask('POST', '/v1/tokens/reset-key');
}

async function lockAndUnlock(): Promise<void> {
  await ask('POST', '/v1/passphrase', { method: 'passphrase', current: passphrase, passphrase });
  await ask('POST', '/v1/lock');
  await ask('POST', '/v1/unlock', { passphrase });
}

it.each(Object.entries(expected) as [HistoryKind, object][])(
  '%s is in the history, with who, why, for what and what changed',
  async (kind, wanted) => {
    if (kind === 'import-undone') await ask('POST', '/v1/import/undo', { apply: true });
    const { items } = owner.stint.history.list({ kind });
    expect(items.length, asked.join('\n')).toBeGreaterThan(0);
    // Some are made in several ways; one of them has everything.
    expect(items.find((entry) => hasAll(entry, wanted)) ?? items[0]).toMatchObject(wanted);
  },
);

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRunningApi } from '../../support/running-owner.ts';
import { before, eventually } from '../../support/scratch-owner.ts';
import type { ScratchApi } from '../../support/scratch-api.ts';
import { by } from '../../support/session-journey.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

const settings = (patch: object) => owner.ask('PATCH', '/v1/settings', { body: patch });
const start = async (sessionId: string) => {
  const answer = await owner.ask('POST', `/v1/sessions/${sessionId}/start`, { body: {} });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('the delivery of a run', () => {
  it('is the default at its start, whatever the setting says later', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const { body } = await start(sessionId);
    const delivered = { run: { delivery: 'credentials-file' } };
    expect(body['session']).toMatchObject({ ...delivered, delivery: 'credentials-file' });

    await settings({ defaultDelivery: 'endpoint-only' });
    await owner.stint.sessions.rotate(sessionId, { by });
    expect(await owner.credentials()).toContain('[anna]');
    const shown = await (await owner.ask('GET', `/v1/sessions/${sessionId}`)).json();
    expect(shown).toMatchObject({ ...delivered, delivery: 'endpoint-only' });
    await owner.stint.sessions.stop(sessionId, { by });
    expect(await owner.credentials()).toBe(before);
    expect((await start(sessionId)).body['session']).toMatchObject({
      run: { delivery: 'endpoint-only' },
    });
    expect(await owner.credentials()).toBe(before);
  });
});

const limited = { delivery: 'endpoint-only', limits: { maxLeases: 1, idleSeconds: 900 } };

describe('limits that count readers', () => {
  const named = /limits of anna: Stint cannot see who reads a file/;

  it('are refused when the default delivery becomes one whose readers cannot be seen', async () => {
    await settings({ defaultDelivery: 'endpoint-only' });
    await owner.addUser('anna', { fields: { limits: limited.limits } });
    await owner.addUser('ben', { fields: limited });
    const refused = await settings({ defaultDelivery: 'credentials-file' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(named);
    expect(owner.stint.settings.current().defaultDelivery).toBe('endpoint-only');
  });

  it('are refused when a session with them loses its delivery', async () => {
    const { sessionId } = (await owner.addUser('anna', { fields: limited })).session;
    const body = { delivery: null };
    const refused = await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('limits.maxLeases');
  });

  it('are refused at the start where they met outside of Stint', async () => {
    const { sessionId } = (await owner.addUser('anna', { fields: limited })).session;
    const file = join(owner.folder, 'stint', 'workspace.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"delivery": "endpoint-only",?/, ''));
    // Any change reads the file again.
    await owner.addUser('ben');
    const { status, body } = await start(sessionId);
    expect(status).toBe(422);
    expect(body['detail']).toContain('anna has maxLeases and idleSeconds');
    expect(body['next']).toContain('stint session edit anna --delivery endpoint-only');
    expect(await owner.credentials()).toBe(before);
  });
});

describe('the delivery credential-process', () => {
  const delivery = 'credential-process';
  const configFile = () => join(owner.folder, '.aws', 'config');
  const config = () => readFile(configFile(), 'utf8').catch(() => undefined);

  it('puts the program into the config file while the session is active, and no key anywhere', async () => {
    const mine = '[default]\r\noutput = json ; mine\r\n\r\n[profile other]\r\nregion=us-east-1';
    await writeFile(configFile(), mine);
    const { session } = await owner.addUser('anna', { fields: { delivery } });
    const { status, body } = await start(session.sessionId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ session: { run: { delivery } }, findings: [] });
    expect(await config()).toMatch(
      new RegExp(
        `^${mine.replaceAll(/[[\]]/g, String.raw`\$&`)}\r\n\\[profile anna\\]\r\n# Stint session ${session.sessionId}:.*\r\n` +
          `credential_process = \\S+ \\S+stint.cjs credentials ${session.sessionId} --home ${join(owner.folder, 'stint')}\r\n` +
          'region = eu-west-1\r\n$',
      ),
    );
    expect(await owner.credentials()).toBe(before);
    const written = await config();
    await owner.stint.sessions.rotate(session.sessionId, { by });
    expect(await config()).toBe(written);
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(await config()).toBe(mine);
  });

  it('makes the file, and removes it with its last section; works for the default profile', async () => {
    const fields = { delivery, profileName: 'default' };
    const { sessionId } = (await owner.addUser('anna', { fields })).session;
    await start(sessionId);
    expect(await config()).toMatch(/^\[default\]\n/);
    await owner.stint.sessions.stop(sessionId, { by });
    expect(await config()).toBeUndefined();
  });

  it('supersedes a session on the same profile in the other file, and the other way around', async () => {
    const profileName = 'shared';
    const keys = (await owner.addUser('anna', { fields: { profileName } })).session;
    const process = (await owner.addUser('ben', { fields: { profileName, delivery } })).session;
    await start(keys.sessionId);
    await start(process.sessionId);
    expect(await owner.credentials()).toBe(before);
    expect(owner.stint.sessions.get(keys.sessionId)).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'superseded' },
    });
    await start(keys.sessionId);
    expect(await config()).toBeUndefined();
    expect(owner.stint.sessions.get(process.sessionId).lastEnd?.reason).toBe('superseded');
    expect(await owner.credentials()).toContain('[shared]');
  });

  it('refuses a profile of the user’s own unless it may be stashed, and restores it at the stop', async () => {
    const mine =
      '[profile anna] # mine\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = personal';
    await writeFile(configFile(), mine);
    const { sessionId } = (await owner.addUser('anna', { fields: { delivery } })).session;
    const { status, body } = await start(sessionId);
    expect(status).toBe(409);
    expect(body['detail']).toContain(`${configFile()} already has your own section [profile anna]`);
    await owner.stint.sessions.start(sessionId, { by, replaceSection: true });
    expect(await config()).not.toContain('role_arn');
    await owner.stint.sessions.stop(sessionId, { by });
    expect(await config()).toBe(mine);
  });

  it('says before the start is announced that keys in the credentials file win', async () => {
    const fields = { delivery, profileName: 'personal' };
    const { sessionId } = (await owner.addUser('anna', { fields })).session;
    const { body } = await start(sessionId);
    expect(body['findings']).toMatchObject([
      {
        code: 'shadowed',
        message: `Profile personal in ${owner.credentialsFile} has aws_access_key_id (line 3): tools use these keys instead of using the session's keys.`,
      },
    ]);
  });

  it('is put back if another program drops it, and moves with the settings', async () => {
    const { sessionId } = (await owner.addUser('anna', { fields: { delivery } })).session;
    await start(sessionId);
    owner.stint.scheduler.start();
    const written = await config();
    await writeFile(configFile(), '');
    await owner.pass(15);
    await eventually(config, (text) => text === written);
    const elsewhere = join(owner.folder, 'config-2');
    await owner.stint.settings.change({ awsConfigFile: elsewhere });
    expect(await readFile(elsewhere, 'utf8')).toBe(written);
    expect(await config()).toBeUndefined();
  });

  it('may have limits that count readers', async () => {
    const fields = { delivery, limits: limited.limits };
    const { sessionId } = (await owner.addUser('anna', { fields })).session;
    expect((await start(sessionId)).status).toBe(200);
    expect((await settings({ defaultDelivery: delivery })).status).toBe(200);
  });
});

it('a rotation that fails is in the history, and the old credentials stay', async () => {
  const { session, user } = await owner.addUser('anna');
  const { sessionId } = session;
  await start(sessionId);
  await owner.cloud.deactivateKey(user.accessKeyId);
  const rotated = await owner.ask('POST', `/v1/sessions/${sessionId}/rotate`);
  expect(rotated.status).toBeGreaterThanOrEqual(400);
  const [last] = owner.stint.history.list({ session: sessionId, limit: 1 }).items;
  expect(last).toMatchObject({ kind: 'rotation-failed', sessionName: 'anna', by: 'owner' });
  expect(await owner.credentials()).toContain('[anna]');
});

it('a token for a session that does not exist is refused', async () => {
  const sessionId = '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12';
  const body = { name: 'tool', role: 'credentials', sessionId };
  const refused = await owner.ask('POST', '/v1/tokens', { body });
  expect(refused.status).toBe(404);
  expect(await refused.text()).toContain(`There is no session ${sessionId}`);
});

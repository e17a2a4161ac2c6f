import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { before, eventually } from '../support/scratch-owner.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

const passphrase = 'correct horse battery staple';

let owner: ScratchApi;
let sessionId: string;
beforeAll(async () => {
  owner = await scratchApi({ passphrase });
  sessionId = (await owner.addUser('anna')).session.sessionId;
});
afterAll(async () => {
  await owner.close();
});
beforeEach(async () => {
  await owner.ask('POST', '/v1/unlock', { body: { passphrase } });
  await owner.stint.settings.change({ onLock: 'keep-sessions', lockAfterIdleMinutes: null });
  await owner.ask('POST', `/v1/sessions/${sessionId}/start`, { body: {} });
});

const lock = () => owner.ask('POST', '/v1/lock');
const unlock = (body: object = { passphrase }) => owner.ask('POST', '/v1/unlock', { body });
const isLocked = () => owner.stint.vault.status().locked;
const lastEntry = (kind: 'vault-locked' | 'vault-unlocked') =>
  owner.stint.history.list({ kind, limit: 1 }).items[0];

describe('a lock', () => {
  it('keeps sessions and their files, and gives nobody credentials until the unlock', async () => {
    const credentials = `/v1/sessions/${sessionId}/credentials`;
    expect((await owner.ask('GET', credentials)).status).toBe(200);
    const lease = (await (
      await owner.ask('POST', `/v1/sessions/${sessionId}/leases`, { body: { kind: 'endpoint' } })
    ).json()) as { url: string; token: string };
    const fromEndpoint = () =>
      owner.ask('GET', new URL(lease.url).pathname, { headers: { authorization: lease.token } });
    expect((await fromEndpoint()).status).toBe(200);

    const answer = await lock();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ locked: true, method: 'passphrase', stopped: [] });
    expect((await owner.ask('GET', credentials)).status).toBe(423);
    expect((await fromEndpoint()).ok).toBe(false);
    expect(owner.stint.sessions.get(sessionId).status).toBe('active');
    expect(await owner.credentials()).toContain('[anna]');
    expect(owner.stint.prompts.list()).toMatchObject([{ kind: 'unlock' }]);

    expect((await unlock()).status).toBe(200);
    expect(owner.stint.prompts.list()).toEqual([]);
    expect((await owner.ask('GET', credentials)).status).toBe(200);
    expect((await fromEndpoint()).status).toBe(200);
  });

  it('stops sessions with the reason locked where the setting says so', async () => {
    await owner.stint.settings.change({ onLock: 'stop-sessions' });
    expect(await (await lock()).json()).toMatchObject({
      stopped: [{ sessionId, sessionName: 'anna' }],
      leftovers: [],
    });
    expect(owner.stint.sessions.get(sessionId)).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'locked' },
    });
    expect(await owner.credentials()).toBe(before);
  });

  it('cancels a start that waits for a person', async () => {
    const { session } = await owner.addUser('with-mfa', { mfa: true });
    await owner.ask('POST', `/v1/sessions/${session.sessionId}/start`, { body: {} });
    await lock();
    const ended = await eventually(
      () => owner.stint.sessions.get(session.sessionId),
      ({ status }) => status === 'inactive',
    );
    expect(ended.lastEnd?.reason).toBe('cancelled');
  });

  it('changes no identity provider whose sign-ins, in the vault, would have to go', async () => {
    const body = { name: 'okta', url: 'https://acme.okta.example' };
    const made = await owner.ask('POST', '/v1/idps', { body });
    const { idpId } = (await made.json()) as { idpId: string };
    const path = `/v1/idps/${idpId}`;
    const entries = () => owner.stint.history.list({ limit: 1 }).items[0];
    await lock();
    const before = entries();
    const elsewhere = { url: 'https://other.okta.example' };
    expect((await owner.ask('PATCH', path, { body: elsewhere })).status).toBe(423);
    expect((await owner.ask('DELETE', path)).status).toBe(423);
    expect(await (await owner.ask('GET', path)).json()).toMatchObject(body);
    expect(entries()).toEqual(before);
    expect((await owner.ask('PATCH', path, { body: { name: 'acme' } })).status).toBe(200);
    await unlock();
    expect((await owner.ask('PATCH', path, { body: elsewhere })).status).toBe(200);
    expect((await owner.ask('DELETE', path)).status).toBe(204);
  });

  it('answers the same when it is asked for again, and is in the history once', async () => {
    await lock();
    const entries = () => owner.stint.history.list({ kind: 'vault-locked' }).items.length;
    const count = entries();
    expect(await (await lock()).json()).toMatchObject({ locked: true, stopped: [] });
    expect(entries()).toBe(count);
    await unlock();
    expect(lastEntry('vault-unlocked')).toMatchObject({ by: 'owner' });
  });

  it('is for the owner and the window', async () => {
    expect((await owner.askAs({ role: 'operator' }, 'POST', '/v1/lock')).status).toBe(403);
    expect((await owner.askAs({ role: 'viewer' }, 'POST', '/v1/unlock', {})).status).toBe(403);
    expect(isLocked()).toBe(false);
    expect((await owner.askAs({ role: 'window' }, 'POST', '/v1/lock')).status).toBe(200);
  });
});

describe('an unlock', () => {
  it('needs the right passphrase, and names the question without one', async () => {
    await lock();
    expect((await unlock({ passphrase: 'not the one' })).status).toBe(423);
    const asked = await unlock({});
    expect(asked.status).toBe(423);
    const { promptId } = (await asked.json()) as { promptId: string };
    expect(owner.stint.prompts.list()).toMatchObject([{ promptId, kind: 'unlock' }]);
    expect(isLocked()).toBe(true);
    expect((await unlock()).status).toBe(200);
    expect((await unlock({})).status).toBe(200);
  });

  it('needs none where the key is in the keychain', async () => {
    const other = await scratchApi();
    onTestFinished(() => other.close());
    await other.ask('POST', '/v1/lock');
    // Nothing but an unlock opens it again.
    expect((await other.ask('GET', '/v1/sessions')).status).toBe(200);
    expect(other.stint.vault.status().locked).toBe(true);
    const answer = await other.ask('POST', '/v1/unlock', { body: {} });
    expect(await answer.json()).toMatchObject({ locked: false, method: 'keychain' });
  });
});

describe('the lock on idle', () => {
  const locked = () => eventually(isLocked, (now) => now);

  it('comes after the minutes of the setting, whatever Stint and programs do by themselves', async () => {
    await owner.stint.settings.change({ lockAfterIdleMinutes: 5 });
    await owner.ask('GET', '/v1/sessions');
    await owner.pass(4 * 60);
    await owner.ask('GET', `/v1/sessions/${sessionId}/credentials`);
    await owner.askAs({ role: 'window' }, 'GET', '/v1/sessions');
    await owner.stint.sessions.rotate(sessionId, { by: 'stint' });
    expect(isLocked()).toBe(false);
    await owner.pass(61);
    await locked();
    expect(lastEntry('vault-locked')).toMatchObject({
      by: 'stint',
      message: expect.stringContaining('5 min') as string,
    });
  });

  it('is put off by each command, and by what is done in the window', async () => {
    await owner.stint.settings.change({ lockAfterIdleMinutes: 5 });
    await owner.ask('GET', '/v1/sessions');
    await owner.pass(4 * 60);
    await owner.ask('GET', '/v1/sessions');
    await owner.pass(4 * 60);
    await owner.askAs({ role: 'window' }, 'POST', `/v1/sessions/${sessionId}/stop`);
    await owner.pass(4 * 60);
    expect(isLocked()).toBe(false);
  });

  it('comes before the first request is answered after the machine slept too long', async () => {
    await owner.stint.settings.change({ lockAfterIdleMinutes: 5 });
    await owner.ask('GET', '/v1/sessions');
    owner.sleep(600);
    expect((await owner.ask('GET', `/v1/sessions/${sessionId}/credentials`)).status).toBe(423);
    expect(isLocked()).toBe(true);
  });
});

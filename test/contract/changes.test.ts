import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../src/client/client.ts';
import { azureTenant } from '../support/azure-tenant.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { before, eventually } from '../support/scratch-owner.ts';

type Change = Schemas['Change'];
type Result = Schemas['RestoreResult'];

const passphrase = 'correct horse battery staple';
let owner: ScratchApi;
/** A session under the name of the user's own profile. */
let work = '';
beforeAll(async () => {
  owner = await scratchApi({ passphrase });
  work = (await owner.addUser('work', personal)).session.sessionId;
});
afterAll(async () => {
  await owner.close();
});
afterEach(async () => {
  for (const { sessionId } of owner.stint.sessions.list()) {
    await owner.stint.sessions.stop(sessionId, { by });
  }
  expect(await kindsOf()).toEqual(['home']);
  expect(await owner.credentials()).toBe(before);
});

const by = 'anna';
const list = async () => (await owner.client.request('GET', '/v1/changes')).items;
const restore = async (id: string) => await owner.ask('POST', `/v1/changes/${id}/restore`);
const restored = async (id: string) => (await (await restore(id)).json()) as Result;
const listed = async (kind: Change['kind']): Promise<Change> => {
  const found = (await list()).find((change) => change.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} is listed`);
  return found;
};
const kindsOf = async () => (await list()).map(({ kind }) => kind);

/** Starts a session whose profile is the user's own, which is stashed for it. */
async function startedInPlace(id = work): Promise<string> {
  await owner.stint.sessions.start(id, { by, replaceSection: true });
  return id;
}

const personal = { fields: { profileName: 'personal' } };

describe('what Stint holds on this machine', () => {
  it('is its home while no session is active', async () => {
    expect(await list()).toMatchObject([
      { kind: 'home', file: join(owner.folder, 'stint'), restorable: false },
    ]);
  });

  it('is, of an active session, its section and what it took the place of, without a secret', async () => {
    const sessionId = await startedInPlace();
    const { run } = owner.stint.sessions.get(sessionId);
    const common = {
      file: owner.credentialsFile,
      session: { sessionId, sessionName: 'work' },
      since: run?.startedAt,
      restorable: true,
      how: 'This stops session work.',
    };
    const changes = await list();
    expect(changes.slice(0, 2)).toMatchObject([
      { kind: 'section', what: 'Profile personal with temporary keys', ...common },
      { kind: 'stash', what: 'Your own profile personal, stashed in the vault', ...common },
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/A[KS]IA/);
    expect(await list()).toEqual(changes);
  });

  it('is, of a session with a program, the folder that the program was given', async () => {
    const { session } = await owner.addUser('anna');
    await owner.stint.sessions.start(session.sessionId, { by });
    const { tokenFile } = await owner.stint.leases.open(session.sessionId, {
      kind: 'exec',
      process: 'terraform',
      pid: process.pid,
      by,
    });
    const folder = await listed('lease-folder');
    expect(folder).toMatchObject({
      file: dirname(tokenFile),
      what: `A folder with the token and configuration of terraform (pid ${process.pid})`,
    });
    expect(await restored(folder.id)).toEqual({ restored: true, leftovers: [] });
    expect(existsSync(dirname(tokenFile))).toBe(false);
    expect(owner.stint.sessions.get(session.sessionId).status).toBe('active');
  });

  it('is, of an Azure session, its subscription, account and tokens', async () => {
    const tenant = await azureTenant(owner, 'acme');
    const subscriptionId = await tenant.offer('Payments');
    await tenant.sync();
    const { sessionId } = tenant.session('Payments');
    await owner.stint.sessions.start(sessionId, { by });
    const ours = (await list()).filter(({ session }) => session?.sessionId === sessionId);
    expect(ours.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
      `subscription: Subscription ${subscriptionId} in the list of the Azure CLI`,
      'account: The account of the Azure CLI that its subscription belongs to',
      expect.stringMatching(/^tokens: \d+ access tokens for the Azure CLI$/) as string,
    ]);
    expect(await kindsOf()).toContain('file');
    const [first] = ours;
    expect((await restored(first?.id ?? '')).stopped).toEqual({
      sessionId,
      sessionName: tenant.session('Payments').sessionName,
    });
    expect(existsSync(owner.stint.settings.current().azureConfigDir)).toBe(false);
  });
});

describe('putting a thing back', () => {
  it.each(['section', 'stash'] as const)(
    'a %s stops its session, restores the file, and again changes nothing',
    async (kind) => {
      const sessionId = await startedInPlace();
      const { id } = await listed(kind);
      expect(await restored(id)).toEqual({
        restored: true,
        stopped: { sessionId, sessionName: 'work' },
        issuedUntil: expect.stringMatching(/Z$/) as string,
        leftovers: [],
      });
      expect(await owner.credentials()).toBe(before);
      expect(owner.stint.sessions.get(sessionId)).toMatchObject({
        status: 'inactive',
        lastEnd: { reason: 'stopped' },
      });
      expect(await restored(id)).toEqual({ restored: true, leftovers: [] });
    },
  );

  it('names why it cannot now, and does it once it can', async () => {
    await startedInPlace();
    const { id } = await listed('section');
    const written = await readFile(owner.credentialsFile, 'utf8');
    await writeFile(owner.credentialsFile, '[broken\n');
    expect(await restored(id)).toMatchObject({
      restored: false,
      stopped: { sessionName: 'work' },
      leftovers: [{ what: 'section', file: owner.credentialsFile }, { what: 'stash' }],
    });
    expect((await listed('section')).how).toMatch(/line 1.*Stint tries again every minute/is);

    await writeFile(owner.credentialsFile, written);
    expect(await restored(id)).toEqual({ restored: true, leftovers: [] });
    expect(await owner.credentials()).toBe(before);
  });

  it('works also for a session that is no longer in the workspace', async () => {
    const gone = (await owner.addUser('gone', personal)).session.sessionId;
    const sessionId = await startedInPlace(gone);
    const written = await readFile(owner.credentialsFile, 'utf8');
    await writeFile(owner.credentialsFile, '[broken\n');
    await owner.stint.sessions.remove(sessionId, { by });
    await writeFile(owner.credentialsFile, written);
    const { id, session } = await listed('section');
    expect(session).toEqual({ sessionId });
    expect(await restored(id)).toEqual({ restored: true, leftovers: [] });
    expect(await owner.credentials()).toBe(before);
  });

  it('with the vault locked removes our section at once, and yours comes back at the unlock', async () => {
    await startedInPlace();
    const { id } = await listed('section');
    await owner.stint.vault.lock();
    expect(await restored(id)).toMatchObject({
      restored: true,
      stopped: { sessionName: 'work' },
      leftovers: [{ what: 'stash', file: owner.credentialsFile }],
    });
    expect(await owner.credentials()).not.toContain('work');
    expect((await listed('stash')).how).toMatch(/vault is locked.*Stint tries again/is);
    const promptId = owner.stint.unlockPrompt();
    await owner.ask('POST', `/v1/prompts/${promptId}`, { body: { answer: passphrase } });
    await eventually(
      () => owner.credentials(),
      (text) => text === before,
    );
  });

  it('unpublishes a profile, with the right to change settings, and stops no session', async () => {
    const { sessions, profiles } = owner.stint;
    const { session } = await owner.addUser('permanent');
    await profiles.publish({ profileNames: ['permanent'] });
    await sessions.start(session.sessionId, { by });
    const { id, what } = await listed('published-profile');
    expect(what).toContain('permanent');
    const path = `/v1/changes/${id}/restore`;
    expect((await owner.askAs({ role: 'operator' }, 'POST', path)).status).toBe(403);
    expect(await restored(id)).toEqual({ restored: true, leftovers: [] });
    expect(sessions.get(session.sessionId).status).toBe('active');
  });

  it('is refused for an id that Stint does not know, and for what ends with Stint', async () => {
    expect((await restore('section-00000000')).status).toBe(404);
    const refused = await restore((await listed('home')).id);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      next: expect.stringContaining('stint agent stop') as string,
    });
  });

  it('needs the right to stop sessions; a viewer may list', async () => {
    await startedInPlace();
    const { id } = await listed('section');
    expect((await owner.askAs({ role: 'viewer' }, 'GET', '/v1/changes')).status).toBe(200);
    const path = `/v1/changes/${id}/restore`;
    expect((await owner.askAs({ role: 'viewer' }, 'POST', path)).status).toBe(403);
    expect((await owner.askAs({ role: 'credentials' }, 'GET', '/v1/changes')).status).toBe(403);
    expect(await kindsOf()).toContain('section');
    expect((await owner.askAs({ role: 'operator' }, 'POST', path)).status).toBe(200);
  });
});

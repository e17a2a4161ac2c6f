import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/api/api.ts';
import type { Session } from '../../../src/models/session.ts';
import { identify } from '../../../src/services/leases/process-identity.ts';
import { aboutHome, beforeStint, copyHome } from '../../support/home-of-178b884.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';

const killedAt = Date.parse(aboutHome.at);
const by = 'anna';
const open: ScratchOwner[] = [];

afterEach(async () => {
  for (const owner of open.splice(0)) await owner.close();
});

/** The next owner, which comes so many seconds after everything was killed. */
async function nextOwner(
  secondsLater: number,
  change: (folder: string) => Promise<void> | void = () => undefined,
): Promise<ScratchOwner> {
  const owner = await scratchOwner({
    now: killedAt + secondsLater * 1000,
    passphrase: aboutHome.passphrase,
    prepare: async (folder) => {
      await copyHome(folder);
      await change(folder);
    },
  });
  open.push(owner);
  await owner.stint.reconciliation.reconcile();
  owner.stint.scheduler.start();
  return owner;
}

function named({ stint }: ScratchOwner, name: string): Session {
  const found = stint.sessions.list().find(({ sessionName }) => sessionName === name);
  if (found === undefined) throw new Error(`there is no session ${name}`);
  return found;
}

function asItWas(name: string) {
  const found = aboutHome.sessions.find(({ sessionName }) => sessionName === name);
  if (found === undefined) throw new Error(`there was no session ${name}`);
  return found;
}

const filesOf = async ({ folder }: ScratchOwner) => ({
  credentials: await readFile(join(folder, '.aws', 'credentials'), 'latin1'),
  profile: await readFile(join(folder, '.azure', 'azureProfile.json'), 'latin1'),
  tokens: await readFile(join(folder, '.azure', 'msal_token_cache.json'), 'latin1'),
});

const usersOwnFiles = {
  credentials: await beforeStint('credentials'),
  profile: await beforeStint('azureProfile.json'),
  tokens: await beforeStint('msal_token_cache.json'),
};

const wereActive = [
  'anna-dev',
  'deploy',
  'audit',
  'upload',
  'payments-prod / Operator',
  'Payments',
];

describe('a home that commit 178b884 left when it was killed', () => {
  it('has every session, with all that was set for it', async () => {
    const owner = await nextOwner(30);
    const fields = (session: object) => {
      const { status, actions, lastEnd, run, ...set } = session as Record<string, unknown>;
      return set;
    };
    const api = createApi(owner.stint);
    const answer = await api.fetch(
      new Request('http://stint/v1/sessions', {
        headers: { authorization: `Bearer ${owner.stint.access.ownerToken()}` },
      }),
      { kind: 'socket' },
    );
    const { items } = (await answer.json()) as { readonly items: readonly Session[] };
    for (const before of aboutHome.sessions) {
      const now = items.find(({ sessionId }) => sessionId === before.sessionId);
      if (['ben-prod', 'Shared data'].includes(before.sessionName)) continue;
      expect(fields(now ?? {})).toMatchObject(fields(before));
    }
    expect(items).toHaveLength(aboutHome.sessions.length);
    expect(owner.stint.settings.current().onQuit).toBe('keep-sessions');
    expect(owner.stint.integrations.list().map(({ name, status }) => [name, status])).toEqual([
      ['acme', 'logged-in'],
      ['contoso', 'logged-in'],
    ]);
  });

  it('has its sessions active in the same runs, their credentials where they were', async () => {
    const before = await readFile(
      join(import.meta.dirname, '../../fixtures/homes/178b884/aws/credentials'),
      'latin1',
    );
    const owner = await nextOwner(30);
    for (const name of wereActive) {
      expect(asItWas(name).status).toBe('active');
      const { status, run } = named(owner, name);
      expect({ name, status, run: run?.id }).toEqual({
        name,
        status: 'active',
        run: asItWas(name).run?.id,
      });
    }
    expect((await filesOf(owner)).credentials).toBe(before);
  });

  it('ends what was starting, and says so', async () => {
    const owner = await nextOwner(30);
    expect(asItWas('ben-prod').status).toBe('pending');
    expect(named(owner, 'ben-prod')).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'crashed' },
    });
  });

  it('has its whole history, to which it adds', async () => {
    const owner = await nextOwner(30);
    const { items } = owner.stint.history.list({ limit: 1000 });
    expect(items.slice(-aboutHome.history.length)).toEqual(aboutHome.history);
    expect(items.length).toBeGreaterThan(aboutHome.history.length);
  });

  it('answers the holders of its leases and client tokens', async () => {
    const owner = await nextOwner(30, (folder) => {
      // The program that `stint exec` ran lives on; so does this one.
      const { pid, pidStart } = identify(process.pid);
      const database = new DatabaseSync(join(folder, 'stint', 'access.db'));
      database
        .prepare("UPDATE lease SET pid = ?, pidStart = ? WHERE kind = 'exec'")
        .run(pid, pidStart ?? null);
      database.close();
    });
    const api = createApi(owner.stint);
    const { sessionId } = named(owner, 'audit');
    for (const token of [aboutHome.tokens.shell, aboutHome.tokens.exec]) {
      const answer = await api.fetch(
        new Request(`http://127.0.0.1:4711/credentials/${sessionId}`, {
          headers: { authorization: token, host: '127.0.0.1:4711' },
        }),
        { kind: 'tcp', port: 4711 },
      );
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        AccessKeyId: (await owner.stint.sessions.credentials(sessionId)).accessKeyId,
      });
    }
    const listed = await api.fetch(
      new Request('http://stint/v1/sessions', {
        headers: { authorization: `Bearer ${aboutHome.tokens.client}` },
      }),
      { kind: 'socket' },
    );
    expect(listed.status).toBe(200);
    expect(named(owner, 'Shared data').status).toBe('active');
    expect(
      existsSync(join(owner.folder, 'stint', 'azure', named(owner, 'Shared data').sessionId)),
    ).toBe(true);
  });

  it('closes the leases of programs that are gone, and stops a session with its last', async () => {
    const owner = await nextOwner(30);
    await owner.pass(60);
    const { sessionId } = named(owner, 'audit');
    expect(
      owner.stint.leases.list(sessionId).map(({ kind, reason }) => ({ kind, reason })),
    ).toEqual([
      { kind: 'exec', reason: 'process-gone' },
      { kind: 'endpoint', reason: undefined },
    ]);
    await eventually(
      () => named(owner, 'Shared data').status,
      (status) => status === 'inactive',
    );
  });

  it('renews a session with the keys in its vault', async () => {
    const owner = await nextOwner(30);
    const { arn } = await owner.cloud.createUser({
      accountId: '447109328810',
      userName: 'anna',
      accessKey: aboutHome.anna,
    });
    const { sessionId, run } = named(owner, 'anna-dev');
    await owner.stint.sessions.rotate(sessionId, { by });
    expect(named(owner, 'anna-dev').run).toEqual(run);
    const { accessKeyId, secretAccessKey, sessionToken } =
      await owner.stint.sessions.credentials(sessionId);
    expect((await filesOf(owner)).credentials).toContain(accessKeyId);
    const client = new STSClient({
      region: 'eu-west-1',
      credentials: { accessKeyId, secretAccessKey, sessionToken },
      endpoint: String(owner.stint.settings.current().awsStsEndpointUrl),
      systemClockOffset: killedAt + 30_000 - Date.now(),
    });
    expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(arn);
  });

  it('gives the person their files back when everything is stopped, byte for byte', async () => {
    const owner = await nextOwner(30);
    for (const { sessionId, status } of owner.stint.sessions.list()) {
      if (status === 'inactive') continue;
      expect((await owner.stint.sessions.stop(sessionId, { by })).leftovers).toEqual([]);
    }
    expect(await filesOf(owner)).toEqual(usersOwnFiles);
  });

  it('gives them back too when it is found after a month', async () => {
    const owner = await nextOwner(30 * 24 * 3600);
    // Nobody is there to sign in again.
    expect(named(owner, 'upload')).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'crashed' },
    });
    for (const { sessionId, status } of owner.stint.sessions.list()) {
      if (status !== 'inactive') await owner.stint.sessions.stop(sessionId, { by });
    }
    expect(await filesOf(owner)).toEqual(usersOwnFiles);
  });
});

import { readFile, rm, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Access } from '../../../src/services/access/access.ts';
import { owner, scratchAccess, type ScratchAccess } from './scratch-access.ts';

/*
 * The rows of Session and SessionManager of Polykey (`../shared/FACTS.md`), each by its name there. The
 * session token is the owner's, in its file; the manager's tokens are the client tokens.
 */

const fileOf = (scratch: ScratchAccess) =>
  readFile(scratch.tokenFile, 'utf8').catch(() => undefined);

async function opened(): Promise<{ readonly scratch: ScratchAccess; readonly access: Access }> {
  const scratch = await scratchAccess();
  return { scratch, access: await scratch.open() };
}

const issue = (access: Access, expiresInSeconds?: number) =>
  access.issue(owner, {
    name: 'ci',
    ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }),
  });

describe('Session', () => {
  test('createSession(sessionTokenPath, fs, logger, sessionToken?, fresh): a token in a file of its user alone', async () => {
    const { scratch, access } = await opened();
    expect(await fileOf(scratch)).toBe(access.ownerToken());
    expect((await stat(scratch.tokenFile)).mode & 0o777).toBe(0o600);
  });

  test('start({ sessionToken?, fresh }): every start makes the token before worthless', async () => {
    const { scratch, access } = await opened();
    const before = access.ownerToken();
    access.close();
    const next = await scratch.open();
    expect(await next.verify(before)).toBeUndefined();
    expect(await next.verify(next.ownerToken())).toMatchObject({ role: 'owner' });
  });

  test.each(['stop()', 'destroy()'])('%s: the file is removed', async () => {
    const { scratch, access } = await opened();
    access.close();
    expect(await fileOf(scratch)).toBeUndefined();
  });

  test('readToken() and writeToken(): a file that is lost is written again', async () => {
    const { scratch, access } = await opened();
    await rm(scratch.tokenFile);
    await access.renewOwnerToken();
    expect(await fileOf(scratch)).toBe(access.ownerToken());
  });
});

describe('SessionManager', () => {
  test('create({ db, keyRing, expiry?, logger?, fresh? }): tokens last 30 minutes if nobody says otherwise', async () => {
    const { scratch, access } = await opened();
    const { expiresAt } = await issue(access);
    expect(Date.parse(expiresAt) - scratch.now()).toBe(1800 * 1000);
  });

  test('start({ fresh }) and destroy(): a reset that forgets clears the records, also on disk', async () => {
    const { scratch, access } = await opened();
    const { token } = await issue(access);
    await access.resetKey(owner, { forget: true });
    expect(access.list()).toEqual([]);
    access.close();
    const next = await scratch.open();
    expect(next.list()).toEqual([]);
    expect(await next.verify(token)).toBeUndefined();
  });

  test('stop(): client tokens outlive it', async () => {
    const { scratch, access } = await opened();
    const { token } = await issue(access);
    access.close();
    expect(await (await scratch.open()).verify(token)).toMatchObject({ subject: 'ci' });
  });

  test('resetKey(tran?): every client token ends at once, and the owner’s does not', async () => {
    const { access } = await opened();
    const tokens = await Promise.all([issue(access), issue(access), issue(access)]);
    await access.resetKey(owner);
    expect(await Promise.all(tokens.map(({ token }) => access.verify(token)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await access.verify(access.ownerToken())).toMatchObject({ role: 'owner' });
  });

  test('createToken(expiry?, tran?): ends to the second', async () => {
    const { scratch, access } = await opened();
    const { token } = await issue(access, 1);
    expect(await access.verify(token)).toBeDefined();
    scratch.pass(1);
    expect(await access.verify(token)).toBeUndefined();
  });

  test('verifyToken(token): a boolean, and never a failure, for garbage and for a changed token', async () => {
    const { access } = await opened();
    const { token } = await issue(access);
    const changed = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
    for (const bad of ['', 'garbage', 'a.b.c', changed, `${token}.x`]) {
      expect(await access.verify(bad)).toBeUndefined();
    }
  });

  test('setupKey(): made at the first use', async () => {
    const { scratch, access } = await opened();
    expect(await scratch.vault.get('access/signing-key')).toBeUndefined();
    await issue(access);
    expect(await scratch.vault.get('access/signing-key')).toBeDefined();
  });

  test('each inside a transaction: of 24 tokens around a reset, validity and record agree', async () => {
    const { access } = await opened();
    const before = Array.from({ length: 12 }, () => issue(access));
    const reset = access.resetKey(owner);
    const after = Array.from({ length: 12 }, () => issue(access));
    const made = await Promise.all([...before, ...after]);
    await reset;
    const records = new Map(access.list().map((one) => [one.tokenId, one.revokedAt === undefined]));
    for (const { tokenId, token } of made) {
      expect((await access.verify(token)) !== undefined).toBe(records.get(tokenId));
    }
    expect([...records.values()].filter(Boolean)).toHaveLength(12);
  });
});

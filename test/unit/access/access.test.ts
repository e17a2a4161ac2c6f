import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { scopesOfRole } from '../../../src/models/scope.ts';
import { owner, principal, scratchAccess } from './scratch-access.ts';

describe("the owner's token", () => {
  test('is in a file that only its user can read, and may do everything', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    expect(await readFile(scratch.tokenFile, 'utf8')).toBe(access.ownerToken());
    expect((await stat(scratch.tokenFile)).mode & 0o777).toBe(0o600);
    expect(await access.verify(access.ownerToken())).toEqual(owner);
  });

  test('is another one at each start, and the old one is void', async () => {
    const scratch = await scratchAccess();
    const old = (await scratch.open()).ownerToken();
    const access = await scratch.open();
    expect(access.ownerToken()).not.toBe(old);
    expect(await access.verify(old)).toBeUndefined();
  });

  test('works while the vault is locked, and for as long as the owner runs', async () => {
    const scratch = await scratchAccess();
    await scratch.vault.lock();
    const access = await scratch.open();
    scratch.pass(365 * 24 * 3600);
    expect(await access.verify(access.ownerToken())).toEqual(owner);
  });

  test('leaves with the owner, but not the file of the next one', async () => {
    const scratch = await scratchAccess();
    const first = await scratch.open();
    const second = await scratch.open();
    first.close();
    expect(await readFile(scratch.tokenFile, 'utf8')).toBe(second.ownerToken());
    second.close();
    expect(await readdir(scratch.folder)).not.toContain('token');
  });
});

describe('a client token', () => {
  test('is good for half an hour, to the second, unless more is asked', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token, expiresAt } = await access.issue(owner, { name: 'ci' });
    expect(expiresAt).toBe('2026-01-31T12:30:00.000Z');
    scratch.pass(1799);
    expect(await access.verify(token)).toMatchObject(principal('viewer', { subject: 'ci' }));
    scratch.pass(1);
    expect(await access.verify(token)).toBeUndefined();
  });

  test('may carry some scopes of its role, for some time', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token, tokenId } = await access.issue(owner, {
      name: 'ci',
      role: 'operator',
      scopes: ['sessions:start', 'sessions:read'],
      expiresInSeconds: 60,
    });
    expect(await access.verify(token)).toMatchObject({
      subject: 'ci',
      role: 'operator',
      scopes: new Set(['sessions:read', 'sessions:start']),
    });
    expect(access.list()).toEqual([
      {
        tokenId,
        name: 'ci',
        role: 'operator',
        scopes: ['sessions:read', 'sessions:start'],
        issuedAt: '2026-01-31T12:00:00.000Z',
        expiresAt: '2026-01-31T12:01:00.000Z',
      },
    ]);
  });

  test('can be bound to one session', async () => {
    const access = await (await scratchAccess()).open();
    const request = { name: 'tool', role: 'credentials', sessionId: 's1' } as const;
    const { token } = await access.issue(owner, request);
    const bound = principal('credentials', { subject: 'tool', sessionId: 's1' });
    expect(await access.verify(token)).toMatchObject(bound);
  });

  test('outlives a restart of the owner', async () => {
    const scratch = await scratchAccess();
    const first = await scratch.open();
    const { token } = await first.issue(owner, { name: 'ci' });
    first.close();
    expect(await (await scratch.open()).verify(token)).toMatchObject({ subject: 'ci' });
  });

  test('is void once revoked, which is recorded only once', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token, tokenId } = await access.issue(owner, { name: 'ci' });
    const other = await access.issue(owner, { name: 'other' });
    expect(access.revoke(tokenId, owner)).toBe(true);
    expect(access.revoke(tokenId, owner)).toBe(false);
    expect(access.revoke('no such token')).toBe(false);
    expect(await access.verify(token)).toBeUndefined();
    expect(await access.verify(other.token)).toBeDefined();
    expect(access.list().map(({ name, revokedAt }) => ({ name, revoked: !!revokedAt }))).toEqual([
      { name: 'other', revoked: false },
      { name: 'ci', revoked: true },
    ]);
  });

  test('is neither in the database nor in the history', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token } = await access.issue(owner, { name: 'ci' });
    const ring = (await scratch.vault.get('access/signing-key')) ?? '';
    const [{ key } = { key: '' }] = JSON.parse(ring) as { readonly key: string }[];
    expect(key).toHaveLength(43);
    for (const file of [scratch.dbFile, `${scratch.folder}/history.db`]) {
      const content = await readFile(file, 'latin1');
      for (const secret of [token, token.split('.')[2] ?? '', key]) {
        expect(content).not.toContain(secret);
      }
    }
    expect((await stat(scratch.dbFile)).mode & 0o777).toBe(0o600);
  });

  test('leaves its traces in the history', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { tokenId } = await access.issue(owner, { name: 'ci' });
    access.revoke(tokenId, principal('window'));
    await access.resetKey(owner);
    expect(scratch.history.list().items.map(({ kind, by }) => ({ kind, by }))).toEqual([
      { kind: 'keys-reset', by: 'owner' },
      { kind: 'token-revoked', by: 'window' },
      { kind: 'token-issued', by: 'owner' },
    ]);
  });
});

describe('with the vault locked', () => {
  test('a window gets its access, which the history tells: stint ui waits for that', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    await scratch.vault.lock();
    const issued = await access.windows.withCode(access.windows.code());
    expect(await access.verify(issued?.token ?? '')).toMatchObject({ role: 'window' });
    expect(scratch.history.list({ kind: 'token-issued', limit: 10 }).items).toMatchObject([
      {
        message: expect.stringMatching(/^browser: window, until 2026-/) as string,
        by: 'owner',
      },
    ]);
  });

  test('a good token asks for the unlock, anything else is refused at once', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const good = await access.issue(owner, { name: 'ci' });
    const revoked = await access.issue(owner, { name: 'ci' });
    access.revoke(revoked.tokenId);
    await scratch.vault.lock();
    await expect(access.verify(good.token)).rejects.toMatchObject({ code: 'vault-locked' });
    expect(await access.verify(revoked.token)).toBeUndefined();
    expect(await access.verify('nonsense')).toBeUndefined();
    await expect(access.issue(owner, { name: 'x' })).rejects.toMatchObject({
      code: 'vault-locked',
    });
    await expect(access.resetKey()).rejects.toMatchObject({ code: 'vault-locked' });
    await scratch.vault.unlock('');
    expect(await access.verify(good.token)).toMatchObject({ subject: 'ci' });
  });
});

describe('the signing key', () => {
  test('is made once, however many ask for the first token at once', async () => {
    const access = await (await scratchAccess()).open();
    const issued = await Promise.all(
      Array.from({ length: 20 }, (_, i) => access.issue(owner, { name: `ci ${i}` })),
    );
    const verified = await Promise.all(issued.map(({ token }) => access.verify(token)));
    expect(verified.map((who) => who?.subject)).toEqual(
      Array.from({ length: 20 }, (_, i) => `ci ${i}`),
    );
  });

  test('once reset makes every client token void, and the next ones good', async () => {
    const access = await (await scratchAccess()).open();
    const old = await access.issue(owner, { name: 'old' });
    await access.resetKey(owner);
    expect(await access.verify(old.token)).toBeUndefined();
    const fresh = await access.issue(owner, { name: 'new' });
    expect(await access.verify(fresh.token)).toMatchObject({ subject: 'new' });
    expect(await access.verify(access.ownerToken())).toEqual(owner);
  });

  test('reset while tokens are issued leaves each of them wholly good or wholly void', async () => {
    const access = await (await scratchAccess()).open();
    const work = Array.from({ length: 30 }, (_, i) =>
      i % 10 === 5
        ? access.resetKey(owner).then(() => undefined)
        : access.issue(owner, { name: `ci ${i}` }),
    );
    const issued = (await Promise.all(work)).filter((token) => token !== undefined);
    const listed = new Map(access.list().map((info) => [info.tokenId, info]));
    let good = 0;
    for (const { token, tokenId } of issued) {
      const valid = (await access.verify(token)) !== undefined;
      expect(valid).toBe(listed.get(tokenId)?.revokedAt === undefined);
      good += Number(valid);
    }
    expect(issued).toHaveLength(27);
    // Those asked for after the last reset.
    expect(good).toBe(4);
  });
});

describe('a list of tokens that cannot be used', () => {
  test('is moved aside if damaged: its tokens no longer work, the owner continues', async () => {
    const scratch = await scratchAccess();
    const first = await scratch.open();
    const { token } = await first.issue(owner, { name: 'ci' });
    first.close();
    await writeFile(scratch.dbFile, 'no database at all, however long one looks at its bytes');
    const access = await scratch.open();
    expect(access.notices()).toEqual([
      expect.stringContaining('Earlier client tokens no longer work'),
    ]);
    expect(await access.verify(token)).toBeUndefined();
    expect(await access.verify(access.ownerToken())).toEqual(owner);
    expect(await access.verify((await access.issue(owner, { name: 'new' })).token)).toBeDefined();
  });

  test('lets go of what expired long ago', async () => {
    const scratch = await scratchAccess();
    const first = await scratch.open();
    await first.issue(owner, { name: 'ci' });
    first.close();
    scratch.pass(8 * 24 * 3600);
    expect((await scratch.open()).list()).toEqual([]);
  });
});

test('the scopes of a token are those of its role where none are named', async () => {
  const access = await (await scratchAccess()).open();
  const { token } = await access.issue(owner, { name: 'op', role: 'operator' });
  expect((await access.verify(token))?.scopes).toEqual(new Set(scopesOfRole.operator));
});

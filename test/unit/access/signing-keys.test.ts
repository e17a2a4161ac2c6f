import { describe, expect, test } from 'vitest';
import { owner, scratchAccess } from './scratch-access.ts';

const hour = 3600;
const day = 24 * hour;

async function kids(scratch: Awaited<ReturnType<typeof scratchAccess>>) {
  const ring = (await scratch.vault.get('access/signing-key')) ?? '[]';
  return (JSON.parse(ring) as { readonly kid: string }[]).map(({ kid }) => kid);
}

describe('signing keys that change by schedule', () => {
  test('refuse no good token before its end, over three months', async () => {
    const scratch = await scratchAccess();
    scratch.keyDays = 7;
    const access = await scratch.open();
    const issued: { readonly token: string; readonly until: number }[] = [];
    const used = new Set<string>();
    const counts = new Set<number>();
    for (let passed = 0; passed < 90; passed += 3) {
      const expiresInSeconds = passed % 2 === 0 ? 30 * day : 4 * day;
      const { token, expiresAt } = await access.issue(owner, { name: 'ci', expiresInSeconds });
      issued.push({ token, until: Date.parse(expiresAt) });
      const ring = await kids(scratch);
      for (const kid of ring) used.add(kid);
      counts.add(ring.length);
      scratch.pass(3 * day);
      const good = await Promise.all(issued.map(({ token }) => access.verify(token)));
      expect(good.map((who) => who !== undefined)).toEqual(
        issued.map(({ until }) => until > scratch.now()),
      );
    }
    // A new key every nine days: tokens are made every three. Those of a month need four of them.
    expect(used.size).toBe(10);
    expect(Math.max(...counts)).toBeLessThanOrEqual(5);
  });

  test('sign a week of short tokens with one key a day, each good to its last second', async () => {
    const scratch = await scratchAccess();
    scratch.keyDays = 1;
    const access = await scratch.open();
    const used = new Set<string>();
    for (let hours = 0; hours < 7 * 24; hours += 6) {
      const { token } = await access.issue(owner, { name: 'ci', expiresInSeconds: 6 * hour });
      scratch.pass(6 * hour - 1);
      expect(await access.verify(token)).toMatchObject({ subject: 'ci' });
      const ring = await kids(scratch);
      expect(ring.length).toBeLessThanOrEqual(2);
      for (const kid of ring) used.add(kid);
      scratch.pass(1);
      expect(await access.verify(token)).toBeUndefined();
    }
    expect(used.size).toBe(7);
  });

  test('take a shorter schedule at once, and keep what was signed before', async () => {
    const scratch = await scratchAccess();
    scratch.keyDays = 365;
    const access = await scratch.open();
    const first = await access.issue(owner, { name: 'first', expiresInSeconds: 30 * day });
    scratch.pass(2 * day);
    scratch.keyDays = 1;
    const second = await access.issue(owner, { name: 'second' });
    expect(await kids(scratch)).toHaveLength(2);
    expect(await access.verify(first.token)).toMatchObject({ subject: 'first' });
    expect(await access.verify(second.token)).toMatchObject({ subject: 'second' });
  });

  test('outlive a restart of the owner', async () => {
    const scratch = await scratchAccess();
    const before = await scratch.open();
    const { token } = await before.issue(owner, { name: 'ci', expiresInSeconds: 30 * day });
    scratch.pass(29 * day);
    before.close();
    scratch.keyDays = 1;
    const access = await scratch.open();
    await access.issue(owner, { name: 'next' });
    expect(await access.verify(token)).toMatchObject({ subject: 'ci' });
  });

  test('made while the clock was a year ahead do not sign for that year', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    scratch.pass(365 * day);
    await access.issue(owner, { name: 'ahead' });
    const ahead = await kids(scratch);
    scratch.pass(-365 * day);
    const { token } = await access.issue(owner, { name: 'ci' });
    expect(await access.verify(token)).toMatchObject({ subject: 'ci' });
    expect((await kids(scratch)).at(-1)).not.toBe(ahead.at(-1));
  });

  test('accept the tokens of a home that still has one key', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token } = await access.issue(owner, { name: 'ci' });
    const [made] = JSON.parse((await scratch.vault.get('access/signing-key')) ?? '') as [
      { readonly key: string },
    ];
    await scratch.vault.set('access/signing-key', made.key);
    const { SignJWT, decodeJwt } = await import('jose');
    const old = await new SignJWT(decodeJwt(token))
      .setProtectedHeader({ alg: 'HS256', typ: 'stint+jwt', kid: 'client' })
      .sign(Buffer.from(made.key, 'base64url'));
    expect(await access.verify(old)).toMatchObject({ subject: 'ci' });
    const next = await access.issue(owner, { name: 'next' });
    expect(await access.verify(old)).toMatchObject({ subject: 'ci' });
    expect(await access.verify(next.token)).toMatchObject({ subject: 'next' });
    expect((await kids(scratch))[0]).toBe('client');
  });
});

describe('a reset of the signing key', () => {
  test('that forgets clears the list of tokens, also for the next owner', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token } = await access.issue(owner, { name: 'ci' });
    const window = await access.windows.withCode(access.windows.code());
    await access.resetKey(owner, { forget: true });
    expect(access.list()).toEqual([]);
    expect(await access.verify(token)).toBeUndefined();
    expect(await access.verify(window?.token ?? '')).toBeUndefined();
    access.close();
    const next = await scratch.open();
    expect(next.list()).toEqual([]);
    expect(await next.verify((await next.issue(owner, { name: 'new' })).token)).toBeDefined();
  });

  test('removes every earlier key', async () => {
    const scratch = await scratchAccess();
    scratch.keyDays = 1;
    const access = await scratch.open();
    await access.issue(owner, { name: 'one', expiresInSeconds: 30 * day });
    scratch.pass(day);
    await access.issue(owner, { name: 'two', expiresInSeconds: 30 * day });
    const before = await kids(scratch);
    await access.resetKey(owner);
    expect(before).toHaveLength(2);
    const after = await kids(scratch);
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
  });
});

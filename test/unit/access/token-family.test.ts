import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { owner, principal, scratchAccess } from './scratch-access.ts';

describe('a token made with a client token', () => {
  const makerRequest = { name: 'maker', role: 'window', expiresInSeconds: 60 } as const;

  async function makerAndChild() {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const maker = await access.issue(owner, makerRequest);
    const asMaker = await access.verify(maker.token);
    if (asMaker === undefined) throw new Error('it is good');
    const child = await access.issue(asMaker, { name: 'child', expiresInSeconds: 30 * 24 * 3600 });
    return { scratch, access, maker, asMaker, child };
  }

  test('ends no later than its maker, however long was asked', async () => {
    const { scratch, access, maker, child } = await makerAndChild();
    expect(child.expiresAt).toBe(maker.expiresAt);
    scratch.pass(60);
    expect(await access.verify(child.token)).toBeUndefined();
  });

  test('ends with its maker, by way of any number of others, also at the next owner', async () => {
    const { scratch, access, maker, asMaker, child } = await makerAndChild();
    const between = await access.issue(asMaker, { name: 'between', role: 'window' });
    const asBetween = await access.verify(between.token);
    const grandchild = await access.issue(asBetween ?? owner, { name: 'grandchild' });
    expect(access.revoke(maker.tokenId, owner)).toBe(true);
    for (const next of [access, await scratch.open()]) {
      for (const { token } of [child, between, grandchild]) {
        expect(await next.verify(token)).toBeUndefined();
      }
    }
    await expect(access.issue(asMaker, { name: 'late' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('ends with the owner if a browser window or the desktop window made it', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const entry = await access.windows.withCode(access.windows.code());
    const window = await access.verify(String(entry?.token));
    for (const maker of [window ?? owner, principal('window')]) {
      const { token, tokenId } = await access.issue(maker, { name: 'child' });
      expect(await access.verify(token)).toMatchObject({ subject: 'child' });
      expect(access.list().map((one) => one.tokenId)).toContain(tokenId);
      expect(await (await scratch.open()).verify(token)).toBeUndefined();
    }
  });
});

describe('a list of tokens that another program locks', () => {
  test('keeps good tokens good while the owner runs, and says later at a start: not no', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const { token } = await access.issue(owner, { name: 'ci' });
    const other = new DatabaseSync(scratch.dbFile);
    other.exec('BEGIN EXCLUSIVE');
    expect(await access.verify(token)).toMatchObject({ subject: 'ci' });
    const next = await scratch.open();
    await expect(next.verify(token)).rejects.toMatchObject({ code: 'access-unavailable' });
    expect(await next.verify(next.ownerToken())).toEqual(owner);
    other.exec('ROLLBACK');
    other.close();
    scratch.pass(3);
    expect(await next.verify(token)).toMatchObject({ subject: 'ci' });
  });
});

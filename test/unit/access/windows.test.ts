import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { recognises } from '../../../src/app/connection/recognise-owner.ts';
import { owner, scratchAccess } from './scratch-access.ts';

describe('a browser window', () => {
  test('gets in with a code once; its pass is void at the next owner, and its ticket is not', async () => {
    const scratch = await scratchAccess();
    const first = await scratch.open();
    const code = first.windows.code();
    const entry = await first.windows.withCode(code);
    expect(await first.windows.withCode(code)).toBeUndefined();
    expect(await first.verify(String(entry?.token))).toMatchObject({ role: 'window' });
    first.close();
    await scratch.vault.lock();
    const next = await scratch.open();
    expect(await next.verify(String(entry?.token))).toBeUndefined();
    const again = await next.windows.withTicket(String(entry?.ticket));
    expect(again).toMatchObject({ publicKey: entry?.publicKey, expiresAt: entry?.expiresAt });
    expect(await next.verify(String(again?.token))).toMatchObject({ role: 'window' });
  });

  test('stays twelve hours over all owners, and no ticket outlives its revocation or a reset', async () => {
    const scratch = await scratchAccess();
    const access = await scratch.open();
    const enter = async () => {
      const entry = await access.windows.withCode(access.windows.code());
      const id = (await access.verify(String(entry?.token)))?.token?.tokenId;
      return { ticket: String(entry?.ticket), id: String(id) };
    };
    const [late, revoked, reset] = [await enter(), await enter(), await enter()];
    access.revoke(revoked.id, owner);
    expect(await access.windows.withTicket(revoked.ticket)).toBeUndefined();
    scratch.pass(12 * 3600 - 1);
    expect(await access.windows.withTicket(late.ticket)).toBeDefined();
    await access.resetKey(owner);
    expect(await access.windows.withTicket(reset.ticket)).toBeUndefined();
    const last = await enter();
    scratch.pass(12 * 3600);
    expect(await access.windows.withTicket(last.ticket)).toBeUndefined();
  });

  test('recognises the next owner by the key pair of the home, on its own port only', async () => {
    const scratch = await scratchAccess();
    const entry = await (
      await scratch.open()
    ).windows.withCode((await scratch.open()).windows.code());
    expect(entry).toBeUndefined(); // a code is good at the owner that made it
    const first = await scratch.open();
    const { publicKey } = (await first.windows.withCode(first.windows.code())) ?? {};
    const next = await scratch.open();
    const challenge = { port: 4711, nonce: 'AAAAAAAAAAAAAAAAAAAAAA' };
    const signature = next.windows.proof(challenge);
    expect(await recognises(String(publicKey), challenge, { signature })).toBe(true);
    expect(await recognises(String(publicKey), { ...challenge, port: 4712 }, { signature })).toBe(
      false,
    );
    expect(await recognises(String(publicKey), { ...challenge, nonce: 'B' }, { signature })).toBe(
      false,
    );
    const stranger = await (await scratchAccess()).open();
    const forged = { signature: stranger.windows.proof(challenge) };
    expect(await recognises(String(publicKey), challenge, forged)).toBe(false);
    for (const nonsense of [undefined, {}, { signature: '' }, { signature: '%' }, { proof: 'x' }]) {
      expect(await recognises(String(publicKey), challenge, nonsense)).toBe(false);
    }
    expect((await stat(`${scratch.folder}/window.key`)).mode & 0o777).toBe(0o600);
  });
});

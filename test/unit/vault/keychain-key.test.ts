import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import type { Keychain } from '../../../src/services/vault/keychain.ts';
import { passphrase } from '../../support/scratch-vault.ts';
import { vaultInKeychain, type VaultInKeychain } from './vault-in-keychain.ts';

function noAnswer(): Problem {
  return new Problem('keychain-unavailable', { detail: 'It is locked.', next: 'Unlock it.' });
}

/** A vault whose keychain is locked, until `isLocked` is set to what it says. */
async function vaultBehindLockedKeychain() {
  const scratch = await vaultInKeychain();
  await (await scratch.open()).set('a', '1');
  const state: { isLocked: boolean | undefined } = { isLocked: true };
  const keychain: Keychain = {
    ...scratch.keychain,
    isLocked: () => Promise.resolve(state.isLocked),
    read: async (account) => {
      if (state.isLocked === true) throw noAnswer();
      return await scratch.keychain.read(account);
    },
  };
  return { vault: await scratch.open({ keychain }), state, reads: vi.spyOn(keychain, 'read') };
}

async function accountOf(scratch: VaultInKeychain): Promise<string> {
  const text = await readFile(scratch.file, 'utf8');
  return `vault ${(JSON.parse(text) as { header: { vaultId: string } }).header.vaultId}`;
}

describe('a vault whose keychain is locked', () => {
  test('says so, and is opened by the keychain alone', async () => {
    const { vault } = await vaultBehindLockedKeychain();
    expect(vault.status()).toEqual({
      locked: true,
      method: 'keychain',
      detail: 'The vault is locked. It is locked.',
      next: 'Unlock it.',
      needs: 'keychain',
      keychainFailure: 'It is locked.',
    });
    await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(vault.lacks('a')).toBe(false);
  });

  test.each([
    { isLocked: true, ifUnsure: true, opens: false },
    { isLocked: false, ifUnsure: false, opens: true },
    { isLocked: undefined, ifUnsure: false, opens: false },
    { isLocked: undefined, ifUnsure: true, opens: true },
  ])(
    'is tried again where that asks nobody in vain ($isLocked, $ifUnsure)',
    async ({ isLocked, ifUnsure, opens }) => {
      const { vault, state, reads } = await vaultBehindLockedKeychain();
      reads.mockClear();
      state.isLocked = isLocked;
      expect(await vault.retryKeychain({ ifUnsure })).toBe(opens);
      expect(vault.status()).toMatchObject({ locked: !opens });
      expect(reads).toHaveBeenCalledTimes(opens ? 1 : 0);
      // It has nothing to try once it is open.
      expect(await vault.retryKeychain({ ifUnsure })).toBe(opens);
      expect(reads).toHaveBeenCalledTimes(opens ? 1 : 0);
    },
  );

  test('is not tried again after somebody locked the vault', async () => {
    const { vault, state } = await vaultBehindLockedKeychain();
    state.isLocked = false;
    await vault.retryKeychain({ ifUnsure: false });
    await vault.lock();
    expect(vault.status().keychainFailure).toBeUndefined();
    expect(await vault.retryKeychain({ ifUnsure: true })).toBe(false);
    expect(vault.status().locked).toBe(true);
  });
});

describe('an open vault', () => {
  test('knows which names it lacks', async () => {
    const vault = await (await vaultInKeychain()).open();
    await vault.set('a', '1');
    expect([vault.lacks('a'), vault.lacks('b')]).toEqual([false, true]);
    await vault.lock();
    expect([vault.lacks('a'), vault.lacks('b')]).toEqual([false, false]);
  });

  test('takes any word as another unlock', async () => {
    const scratch = await vaultInKeychain();
    const reads = vi.spyOn(scratch.keychain, 'read');
    const vault = await scratch.open();
    reads.mockClear();
    await vault.unlock('any word');
    expect(vault.status()).toMatchObject({ locked: false, detail: expect.any(String) as string });
    expect(reads).not.toHaveBeenCalled();
  });

  test('overwrites its key when it is locked', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    const key = Buffer.from(
      (await scratch.keychain.read(await accountOf(scratch))) ?? '',
      'base64',
    );
    const overwritten: Buffer[] = [];
    const fill = vi.spyOn(Buffer.prototype, 'fill');
    fill.mockImplementation(function (this: Buffer) {
      overwritten.push(Buffer.from(this));
      return this;
    });
    await vault.lock().finally(() => fill.mockRestore());
    expect(overwritten).toEqual([key]);
  });

  test('stays locked where a lock comes during an unlock', async () => {
    const vault = await (await vaultInKeychain()).open();
    await vault.lock();
    const unlocking = vault.unlock('');
    await vault.lock('somebody left');
    await unlocking;
    expect(vault.status()).toMatchObject({
      locked: true,
      detail: 'The vault is locked: somebody left.',
    });
  });

  test('stays locked where a lock comes during a write, which is refused', async () => {
    const vault = await (await vaultInKeychain()).open();
    await vault.set('a', '1');
    const writing = vault.set('b', '2');
    // It has begun with its files by then, which take many more turns of the event loop.
    for (let turn = 0; turn < 3; turn += 1) await immediate();
    const locking = vault.lock();
    await expect(writing).rejects.toMatchObject({ code: 'vault-locked' });
    await locking;
    expect(vault.status().locked).toBe(true);
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault-locked' });
    await vault.unlock('');
    expect(await vault.get('a')).toBe('1');
  });
});

test('a vault that another process makes meanwhile is not overwritten', async () => {
  const [scratch, other] = [await vaultInKeychain(), await vaultInKeychain()];
  await (await other.open()).set('a', '1');
  const theirs = await readFile(other.file);
  const keychain: Keychain = {
    ...scratch.keychain,
    async write(account, value) {
      await writeFile(scratch.file, theirs);
      await scratch.keychain.write(account, value);
    },
  };
  const vault = await scratch.open({ keychain });
  expect(vault.status()).toMatchObject({
    locked: true,
    detail: expect.stringContaining('it appeared while a new one was being made') as string,
  });
  expect(await readFile(scratch.file)).toEqual(theirs);
});

test('a bug of the keychain is thrown and not taken for a locked vault', async () => {
  const scratch = await vaultInKeychain();
  await scratch.open();
  const keychain = { ...scratch.keychain, read: () => Promise.reject(new Error('a bug')) };
  await expect(scratch.open({ keychain })).rejects.toThrow(/^a bug$/);
});

describe('a key that moves from the keychain to a passphrase', () => {
  test('waits for one where none is given', async () => {
    const scratch = await vaultInKeychain();
    await (await scratch.open()).set('a', '1');
    const vault = await scratch.open({ method: 'passphrase' });
    expect(vault.status()).toMatchObject({
      locked: false,
      method: 'keychain',
      needs: 'new-passphrase',
      detail:
        'The vault is open; its key is in the keychain. It moves to a passphrase, as STINT_SECRETS asks, once one is given.',
    });
    await vault.unlock(passphrase);
    expect(vault.status()).toEqual({
      locked: false,
      method: 'passphrase',
      detail: 'The vault is open; its key is protected by a passphrase.',
    });
    expect(await vault.get('a')).toBe('1');
  });

  test('moves at the start where one is given, and leaves the keychain', async () => {
    const scratch = await vaultInKeychain();
    await scratch.open();
    const account = await accountOf(scratch);
    const vault = await scratch.open({ method: 'passphrase', passphrase });
    expect(vault.status()).toMatchObject({ locked: false, method: 'passphrase' });
    expect(await scratch.keychain.read(account)).toBeUndefined();
  });

  test('says so where the keychain keeps its item', async () => {
    const scratch = await vaultInKeychain();
    await scratch.open();
    const keychain = { ...scratch.keychain, remove: () => Promise.reject(noAnswer()) };
    const vault = await scratch.open({ keychain, method: 'passphrase', passphrase });
    expect(vault.status().detail).toBe(
      'The vault is open; its key is protected by a passphrase. The keychain still has its old item. It is locked.',
    );
  });

  test('reports a bug as one', async () => {
    const scratch = await vaultInKeychain();
    await scratch.open();
    const keychain = { ...scratch.keychain, remove: () => Promise.reject(new Error('a bug')) };
    const opened = scratch.open({ keychain, method: 'passphrase', passphrase });
    await expect(opened).rejects.toThrow(/^a bug$/);
  });

  test('does not move where STINT_SECRETS names the keychain, nor to one that is too short', async () => {
    const scratch = await vaultInKeychain();
    const before = await scratch.open();
    const file = await readFile(scratch.file);
    await expect(before.rewrap('passphrase', { passphrase: '1234567' })).rejects.toMatchObject({
      code: 'invalid-request',
    });
    const vault = await scratch.open({ method: 'keychain' });
    await expect(vault.rewrap('passphrase', { passphrase })).rejects.toMatchObject({
      code: 'invalid-request',
      details: {
        detail:
          'The agent was started with STINT_SECRETS=keychain, which decides where the key is.',
        next: 'Start the agent with the other value, or without STINT_SECRETS.',
      },
    });
    expect(await readFile(scratch.file)).toEqual(file);
  });
});

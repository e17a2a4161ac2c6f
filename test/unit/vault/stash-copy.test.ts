import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StashCopy } from '../../../src/services/vault/stash-copy.ts';
import type { VaultHeader } from '../../../src/services/vault/vault-file.ts';
import { scratchVault } from '../../support/scratch-vault.ts';
import { vaultInKeychain, type VaultInKeychain } from './vault-in-keychain.ts';

const stash = 'stash.vault';
const copyOf = (scratch: VaultInKeychain) => join(scratch.folder, stash);

/** A vault that was damaged while it held two stashed sections and a token. */
async function lostVault() {
  const scratch = await vaultInKeychain();
  const vault = await scratch.open();
  await vault.set('put-aside/x', 'the user’s own');
  await vault.set('put-aside-azure/y', 'an own entry');
  await vault.set('token', 'a secret');
  const whole = await readFile(scratch.file);
  await writeFile(scratch.file, 'damaged');
  return { scratch, whole };
}

describe('the copy of the user’s own sections and entries', () => {
  test('has them and nothing else', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    await vault.set('token', '1');
    await vault.set('token/put-aside/1', '2');
    expect(await scratch.secretsIn(stash)).toBeUndefined();
    await vault.set('put-aside/x', 'a section');
    await vault.set('put-aside-azure/y', 'an entry');
    expect(await scratch.secretsIn(stash)).toEqual({
      'put-aside/x': 'a section',
      'put-aside-azure/y': 'an entry',
    });
  });

  test('is written only when one of them changes', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    await vault.set('put-aside/x', '1');
    const { ino } = await stat(copyOf(scratch));
    await vault.set('token', '1');
    await vault.delete('token');
    await scratch.open();
    expect((await stat(copyOf(scratch))).ino).toBe(ino);
    await vault.set('put-aside/x', '2');
    expect(await scratch.secretsIn(stash)).toEqual({ 'put-aside/x': '2' });
  });

  test('loses what is removed from the vault, and is removed with the last', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    await vault.set('put-aside/x', '1');
    await vault.set('put-aside/y', '2');
    await vault.delete('put-aside/x');
    expect(await scratch.secretsIn(stash)).toEqual({ 'put-aside/y': '2' });
    await vault.delete('put-aside/y');
    expect(await scratch.files()).toEqual(['secrets.vault', 'secrets.vault.previous']);
  });

  test('is made again at a start where it is missing', async () => {
    const scratch = await vaultInKeychain();
    await (await scratch.open()).set('put-aside/x', '1');
    await rm(copyOf(scratch));
    await scratch.open();
    expect(await scratch.secretsIn(stash)).toEqual({ 'put-aside/x': '1' });
  });

  test('gives an older vault that was put back what only the copy has', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    await vault.set('put-aside/x', 'older');
    const older = await readFile(scratch.file);
    await vault.set('put-aside/x', 'newer');
    await vault.set('put-aside/y', 'later');
    await writeFile(scratch.file, older);
    const again = await scratch.open();
    const all = { 'put-aside/x': 'older', 'put-aside/y': 'later' };
    expect(await again.get('put-aside/y')).toBe('later');
    expect(await scratch.secretsIn('secrets.vault')).toEqual(all);
    expect(await scratch.secretsIn(stash)).toEqual(all);
  });

  test('keeps what only it has until the vault has it', async () => {
    const { folder } = await scratchVault();
    const header: VaultHeader = {
      format: 'stint-vault',
      version: 1,
      vaultId: crypto.randomUUID(),
      key: { method: 'keychain' },
    };
    const key = { header, masterKey: Buffer.alloc(32, 7) };
    const file = join(folder, stash);
    const copy = new StashCopy(file);
    const both = new Map([
      ['put-aside/x', '1'],
      ['put-aside/y', '2'],
    ]);
    await copy.follow(key, undefined, both);
    const before = await readFile(file);
    const missing = await copy.align(key, new Map([['put-aside/x', '1']]));
    expect(missing).toEqual(new Map([['put-aside/y', '2']]));
    expect(await readFile(file)).toEqual(before);
  });

  test('of another vault is renamed, and one for this vault is made', async () => {
    const [scratch, other] = [await vaultInKeychain(), await vaultInKeychain()];
    await (await scratch.open()).set('put-aside/x', '1');
    await (await other.open()).set('put-aside/y', '2');
    await copyFile(copyOf(other), copyOf(scratch));
    const again = await scratch.open();
    expect(await again.names()).toEqual(['put-aside/x']);
    expect(await scratch.secretsIn(stash)).toEqual({ 'put-aside/x': '1' });
    expect(await scratch.files()).toContain('stash.vault.set-aside-TIME');
  });
});

describe('while the vault is lost', () => {
  test('the copy answers for what it has, and for nothing else', async () => {
    const { scratch } = await lostVault();
    const vault = await scratch.open();
    expect(await vault.get('put-aside/x')).toBe('the user’s own');
    expect(await vault.get('put-aside-azure/y')).toBe('an own entry');
    await expect(vault.get('token')).rejects.toMatchObject({ code: 'vault-unreadable' });
    await expect(vault.delete('token')).rejects.toMatchObject({ code: 'vault-unreadable' });
  });

  test('what is back in the user’s files leaves the copy', async () => {
    const { scratch } = await lostVault();
    const vault = await scratch.open();
    await vault.delete('put-aside/x');
    await expect(vault.get('put-aside/x')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await vault.get('put-aside-azure/y')).toBe('an own entry');
    expect(await scratch.secretsIn(stash)).toEqual({ 'put-aside-azure/y': 'an own entry' });
    await vault.delete('put-aside-azure/y');
    expect(await scratch.files()).not.toContain(stash);
    expect(await readFile(scratch.file, 'utf8')).toBe('damaged');
  });

  test('what was read of the copy stays, although the copy goes too', async () => {
    const { scratch } = await lostVault();
    const vault = await scratch.open();
    await rm(copyOf(scratch));
    await expect(vault.unlock('')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await vault.get('put-aside/x')).toBe('the user’s own');
  });

  test('a copy that is damaged too is as none, and the version before still helps', async () => {
    const { scratch } = await lostVault();
    await writeFile(copyOf(scratch), 'damaged');
    const vault = await scratch.open();
    expect(vault.status()).toMatchObject({
      locked: true,
      next: expect.stringContaining('stint doctor --restore-vault') as string,
    });
    await expect(vault.get('put-aside/x')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await readFile(copyOf(scratch), 'utf8')).toBe('damaged');
  });

  test('a bug of the keychain is thrown and not taken for a damaged copy', async () => {
    const { scratch } = await lostVault();
    const keychain = { ...scratch.keychain, read: () => Promise.reject(new Error('a bug')) };
    await expect(scratch.open({ keychain })).rejects.toThrow(/^a bug$/);
  });

  test('a lock ends what the copy answers', async () => {
    const { scratch } = await lostVault();
    const vault = await scratch.open();
    await vault.lock();
    await expect(vault.get('put-aside/x')).rejects.toMatchObject({ code: 'vault-unreadable' });
  });

  test('what was read of the copy no longer counts once the vault is back', async () => {
    const { scratch, whole } = await lostVault();
    const vault = await scratch.open();
    await writeFile(scratch.file, whole);
    await vault.unlock('');
    await vault.set('put-aside/x', 'newer');
    await vault.delete('put-aside-azure/y');
    expect(await vault.get('put-aside/x')).toBe('newer');
    expect(await scratch.secretsIn('secrets.vault')).toEqual({
      'put-aside/x': 'newer',
      token: 'a secret',
    });
    await vault.lock();
    await expect(vault.get('put-aside/x')).rejects.toMatchObject({ code: 'vault-locked' });
  });
});

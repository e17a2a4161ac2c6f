import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PassphraseAttempts } from '../../../src/services/vault/passphrase-attempts.ts';
import { keychainInMemory } from '../../support/keychain-in-memory.ts';
import { passphrase, scratchVault } from '../../support/scratch-vault.ts';

const next = 'another good one';

test('a change of the passphrase needs the one that counts', async () => {
  const scratch = await scratchVault();
  const vault = await scratch.open();
  await vault.set('a', '1');
  const before = await readFile(scratch.file, 'utf8');
  for (const current of [undefined, 'not the one']) {
    await expect(vault.rewrap('passphrase', { current, passphrase: next })).rejects.toMatchObject({
      code: 'invalid-request',
    });
  }
  expect(await readFile(scratch.file, 'utf8')).toBe(before);
  expect(await vault.get('a')).toBe('1');
});

test('a change that is killed after any of its writes leaves a vault that opens with one of the two', async () => {
  const scratch = await scratchVault();
  const vault = await scratch.open();
  await vault.set('put-aside/x', 'the user’s own');
  await vault.set('a', '1');
  const old = new Map<string, string>();
  for (const name of await readdir(scratch.folder)) {
    old.set(name, await readFile(join(scratch.folder, name), 'utf8'));
  }
  expect([...old.keys()].sort()).toEqual([
    'secrets.vault',
    'secrets.vault.previous',
    'stash.vault',
  ]);
  await vault.rewrap('passphrase', { current: passphrase, passphrase: next });

  // In the order in which they are written.
  const written = ['stash.vault', 'secrets.vault', 'secrets.vault.previous'];
  for (let kept = 0; kept <= written.length; kept += 1) {
    const killed = await scratchVault();
    for (const [index, name] of written.entries()) {
      const target = join(killed.folder, name);
      if (index < kept) await copyFile(join(scratch.folder, name), target);
      else await writeFile(target, old.get(name) ?? '');
    }
    const counts = kept < 2 ? passphrase : next;
    const opened = await killed.open({ method: 'passphrase', passphrase: counts });
    expect(await opened.get('a')).toBe('1');
    expect(await opened.get('put-aside/x')).toBe('the user’s own');
    // None of its copies opens with another passphrase than the vault itself.
    const key = (text: string) => (JSON.parse(text) as { header: { key: object } }).header.key;
    const keys = await Promise.all(
      written.map(async (name) => key(await readFile(join(killed.folder, name), 'utf8'))),
    );
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
  }
});

test('the key moves to the keychain and back, and the passphrase of before no longer counts', async () => {
  const scratch = await scratchVault();
  const keychain = keychainInMemory();
  const vault = await scratch.open({ keychain, method: undefined });
  await vault.set('a', '1');
  expect(vault.status().method).toBe('keychain');
  await vault.rewrap('passphrase', { passphrase: next });
  expect((await scratch.open({ keychain, method: undefined })).status()).toMatchObject({
    locked: true,
    method: 'passphrase',
  });
  await vault.rewrap('keychain', { current: next });
  const again = await scratch.open({ keychain, method: undefined });
  expect(again.status()).toMatchObject({ locked: false, method: 'keychain' });
  expect(await again.get('a')).toBe('1');
});

describe('wrong passphrases', () => {
  test('cost a wait that doubles from the fifth on, and none after the right one', () => {
    let now = 0;
    const attempts = new PassphraseAttempts({ now: () => now });
    const wrong = (times: number) => {
      for (let i = 0; i < times; i += 1) attempts.wrong();
    };
    wrong(4);
    expect(() => attempts.admit()).not.toThrow();
    wrong(1);
    expect(() => attempts.admit()).toThrow('The last 5 passphrases were wrong.');
    now += 2_000;
    expect(() => attempts.admit()).not.toThrow();
    wrong(1);
    now += 3_999;
    expect(() => attempts.admit()).toThrow();
    wrong(20);
    now += 60_000;
    expect(() => attempts.admit()).not.toThrow();
    attempts.right();
    wrong(4);
    expect(() => attempts.admit()).not.toThrow();
  });

  test('of an unlock and of a change count together', async () => {
    const scratch = await scratchVault();
    const vault = await scratch.open();
    for (let i = 0; i < 3; i += 1) {
      await vault
        .rewrap('passphrase', { current: 'wrong', passphrase: next })
        .catch(() => undefined);
    }
    await vault.lock();
    for (let i = 0; i < 2; i += 1) await vault.unlock('wrong').catch(() => undefined);
    await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'too-many-attempts' });
  });
});

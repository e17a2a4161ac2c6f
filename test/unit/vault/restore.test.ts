import { copyFile, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { setVaultAside } from '../../../src/services/vault/vault-copies.ts';
import { noKeychain, scratchVault } from '../../support/scratch-vault.ts';
import { vaultInKeychain, withoutTime, type VaultInKeychain } from './vault-in-keychain.ts';

const previous = 'secrets.vault.previous';
const stash = 'stash.vault';
const aside = (name: string) => `${name}.set-aside-TIME`;
const names = (kept: readonly string[]) => kept.map((file) => withoutTime(basename(file)));
const copy = (scratch: VaultInKeychain, name: string) => join(scratch.folder, name);
const newOne = 'Or begin with an empty vault: stint doctor --new-vault';
const putBack = `Put back a copy of the file, or the keychain it was made with. ${newOne}`;

const writtenAt = '2026-11-20T12:00:00.000Z';

/** With a stashed section and a token; the version before, of `writtenAt`, lacks the token. */
async function filledVault() {
  const scratch = await vaultInKeychain();
  const vault = await scratch.open();
  await vault.set('put-aside/x', 'the user’s own');
  await vault.set('token', '1');
  await utimes(copy(scratch, previous), new Date(writtenAt), new Date(writtenAt));
  return { scratch, vault };
}

describe('a vault that is gone', () => {
  test.each([previous, stash])('is missed where only %s is left', async (left) => {
    const { scratch } = await filledVault();
    for (const name of ['secrets.vault', previous, stash]) {
      if (name !== left) await rm(copy(scratch, name));
    }
    expect((await scratch.open()).status()).toMatchObject({
      locked: true,
      detail: `The vault ${scratch.file} is gone, but secrets were kept in it. Stint did not make a new one.`,
    });
    expect(await scratch.files()).toEqual([left]);
  });

  test('is missed where its version before cannot be looked at', async () => {
    const scratch = await vaultInKeychain();
    await symlink('/not/there', copy(scratch, previous));
    expect((await scratch.open()).status()).toMatchObject({ locked: true, next: putBack });
    expect(await scratch.files()).toEqual([previous]);
  });

  test('is missed where something outside says that it was there', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open({ isExpected: () => true });
    expect(vault.status()).toMatchObject({ locked: true, next: putBack });
    expect(await scratch.files()).toEqual([]);
    expect(await vault.restore('nothing')).toEqual({ kept: [] });
    await vault.set('a', '1');
    // Once there is one, its loss is noticed again.
    await rm(scratch.file);
    await rm(copy(scratch, previous));
    await vault.lock();
    await expect(vault.unlock('')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await scratch.files()).toEqual([]);
  });

  test('is new where nothing says that it was there', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open({ isExpected: () => false });
    expect(vault.status()).toMatchObject({ locked: false });
  });

  test('is restored from the version before, which nothing is renamed for', async () => {
    const { scratch } = await filledVault();
    await rm(scratch.file);
    const vault = await scratch.open();
    expect(vault.status().next).toBe(
      `Restore the version of ${writtenAt}: stint doctor --restore-vault. ${newOne}`,
    );
    expect(await vault.restore('previous')).toEqual({ kept: [], writtenAt });
    expect(await vault.names()).toEqual(['put-aside/x']);
  });
});

describe('a damaged vault', () => {
  test('is replaced by the version before and kept under another name', async () => {
    const { scratch } = await filledVault();
    await writeFile(scratch.file, 'damaged');
    const vault = await scratch.open();
    await expect(vault.unlock('')).rejects.toMatchObject({
      code: 'vault-unreadable',
      details: { next: expect.stringContaining('stint doctor --restore-vault') as string },
    });

    const { kept, ...rest } = await vault.restore('previous');
    expect(rest).toEqual({ writtenAt });
    expect(names(kept)).toEqual([aside('secrets.vault')]);
    expect(await readFile(kept[0] ?? '', 'utf8')).toBe('damaged');
    expect(await vault.names()).toEqual(['put-aside/x']);
    expect(await scratch.files()).toEqual(
      ['secrets.vault', previous, stash, aside('secrets.vault')].toSorted(),
    );
  });

  test('is replaced by an empty one that has what its copy could save', async () => {
    const { scratch } = await filledVault();
    await writeFile(scratch.file, 'damaged');
    const vault = await scratch.open();
    const restored = await vault.restore('nothing');
    expect(Object.keys(restored)).toEqual(['kept']);
    expect(names(restored.kept)).toEqual(['secrets.vault', previous, stash].map(aside));
    expect(await vault.names()).toEqual(['put-aside/x']);
    expect(await scratch.secretsIn(stash)).toEqual({ 'put-aside/x': 'the user’s own' });
  });

  test('is not restored from a version before that is damaged too', async () => {
    const { scratch } = await filledVault();
    await writeFile(scratch.file, 'damaged');
    await writeFile(copy(scratch, previous), 'damaged');
    const vault = await scratch.open();
    expect(vault.status().next).toBe(putBack);
    await expect(vault.restore('previous')).rejects.toMatchObject({
      code: 'not-found',
      details: {
        detail: `There is no usable version before the vault ${scratch.file}.`,
        next: 'Put back a copy of the file, or begin with an empty vault: stint doctor --new-vault',
      },
    });
    expect(await scratch.files()).toEqual(['secrets.vault', previous, stash]);
  });

  test.each(['previous', 'nothing'] as const)(
    'is written again from memory while it is open, whatever is asked for (%s)',
    async (from) => {
      const { scratch, vault } = await filledVault();
      await writeFile(scratch.file, 'damaged');
      const restored = await vault.restore(from);
      expect(Object.keys(restored)).toEqual(['kept']);
      expect(names(restored.kept)).toEqual([aside('secrets.vault')]);
      const all = { 'put-aside/x': 'the user’s own', token: '1' };
      expect(await scratch.secretsIn('secrets.vault')).toEqual(all);
      expect(await vault.names()).toEqual(Object.keys(all));
    },
  );

  test.each(['keychain', 'passphrase'] as const)('has the method %s, if asked', async (method) => {
    const scratch = await vaultInKeychain();
    await writeFile(scratch.file, 'damaged');
    expect((await scratch.open({ method })).status()).toMatchObject({ locked: true, method });
    expect((await scratch.open()).status()).toMatchObject({ locked: true, method: 'keychain' });
  });
});

describe('a vault that is not lost', () => {
  const notLost = (file: string) => ({
    code: 'already-exists',
    details: {
      detail: `The vault ${file} is not damaged, so it stays.`,
      next: 'To see what it needs: stint doctor',
    },
  });

  test.each(['previous', 'nothing'] as const)('stays while it is open (%s)', async (from) => {
    const { scratch, vault } = await filledVault();
    const before = await readFile(scratch.file);
    await expect(vault.restore(from)).rejects.toMatchObject(notLost(scratch.file));
    expect(await readFile(scratch.file)).toEqual(before);
    expect(await scratch.files()).toEqual(['secrets.vault', previous, stash]);
  });

  test('is not replaced by its version before while its key is missing', async () => {
    const { scratch } = await filledVault();
    const other = await vaultInKeychain();
    const vault = await scratch.open({ keychain: other.keychain });
    // Its version before has the same key.
    expect(vault.status()).toMatchObject({ locked: true, next: putBack });
    await expect(vault.restore('previous')).rejects.toMatchObject(notLost(scratch.file));
  });

  test('is replaced by an empty one while its key is missing, if asked', async () => {
    const { scratch } = await filledVault();
    const other = await vaultInKeychain();
    const vault = await scratch.open({ keychain: other.keychain });
    const { kept } = await vault.restore('nothing');
    expect(names(kept)).toEqual(['secrets.vault', previous, stash].map(aside));
    expect(vault.status().locked).toBe(false);
    expect(await vault.names()).toEqual([]);
    expect(await scratch.files()).toContain('secrets.vault');
  });

  test('of a newer version is not damaged', async () => {
    const { scratch } = await filledVault();
    const newer = (await readFile(scratch.file, 'utf8')).replace('"version":1', '"version":2');
    await writeFile(scratch.file, newer);
    const vault = await scratch.open();
    expect(vault.status()).toMatchObject({
      detail: `The vault ${scratch.file} is of version 2, which this Stint does not know. Stint did not change it.`,
      next: 'Use the newer version of Stint.',
    });
    await expect(vault.restore('previous')).rejects.toMatchObject(notLost(scratch.file));
    expect(await readFile(scratch.file, 'utf8')).toBe(newer);
  });
});

describe('another vault in the place of a lost one', () => {
  test('waits for a keychain that does not answer', async () => {
    const { scratch } = await filledVault();
    await writeFile(scratch.file, 'damaged');
    const vault = await scratch.open({ method: 'keychain', keychain: noKeychain });
    await vault.restore('previous');
    expect(vault.status()).toMatchObject({ locked: true, needs: 'keychain' });
    // It is missed if it goes meanwhile.
    await rm(scratch.file);
    await expect(vault.unlock('')).rejects.toMatchObject({ code: 'vault-unreadable' });
  });

  test('is not made while what is in its way cannot be renamed', async () => {
    const { file } = await scratchVault();
    // Too long for the new name.
    const long = join(dirname(file), 'vault'.padEnd(230, 'x'));
    await writeFile(long, 'damaged');
    await expect(setVaultAside(long, { withCopies: false, now: 0 })).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining(long) as string,
    });
    expect(await readFile(long, 'utf8')).toBe('damaged');
  });

  test('names each file that was renamed by its time', async () => {
    const { folder, file } = await scratchVault();
    await writeFile(file, '1');
    await copyFile(file, join(folder, stash));
    const kept = await setVaultAside(file, { withCopies: true, now: 0 });
    const suffix = '.set-aside-1970-01-01T00-00-00.000Z';
    expect(kept).toEqual([file + suffix, join(folder, stash) + suffix]);
    expect(await readFile(file + suffix, 'utf8')).toBe('1');
  });
});

import { mkdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { purgePrevious } from '../../../src/services/vault/vault-copies.ts';
import { scratchVault } from '../../support/scratch-vault.ts';
import { vaultInKeychain } from './vault-in-keychain.ts';

const previous = 'secrets.vault.previous';

describe('the version before', () => {
  test('has what the vault had before the last change', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    expect(await scratch.files()).toEqual(['secrets.vault']);
    await vault.set('a', '1');
    expect(await scratch.secretsIn(previous)).toEqual({});
    await vault.set('b', '2');
    expect(await scratch.secretsIn(previous)).toEqual({ a: '1' });
    await vault.set('a', '3');
    expect(await scratch.secretsIn(previous)).toEqual({ a: '1', b: '2' });
    expect(await scratch.secretsIn('secrets.vault')).toEqual({ a: '3', b: '2' });
  });

  test('has nothing that was removed from the vault', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    await vault.set('a', '1');
    await vault.set('b', '2');
    await vault.delete('a');
    expect(await scratch.secretsIn(previous)).toEqual({ b: '2' });
    await vault.delete('b');
    expect(await scratch.secretsIn(previous)).toEqual({});
  });

  test('stays at a restart', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    // A vault that was never changed has none.
    expect((await scratch.open()).status().locked).toBe(false);
    await vault.set('a', '1');
    await vault.set('b', '2');
    const before = await readFile(join(scratch.folder, previous));
    expect(await (await scratch.open()).names()).toEqual(['a', 'b']);
    expect(await readFile(join(scratch.folder, previous))).toEqual(before);
  });

  test('of another vault stays at a restart', async () => {
    const [scratch, other] = [await vaultInKeychain(), await vaultInKeychain()];
    await (await scratch.open()).set('a', '1');
    await (await other.open()).set('b', '2');
    const theirs = await readFile(other.file);
    await writeFile(join(scratch.folder, previous), theirs);
    expect((await scratch.open()).status().locked).toBe(false);
    expect(await readFile(join(scratch.folder, previous))).toEqual(theirs);
  });

  test('is never a damaged vault', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    await vault.set('a', '1');
    await vault.set('b', '2');
    await writeFile(scratch.file, 'damaged');
    await expect(vault.set('c', '3')).rejects.toMatchObject({ code: 'vault-unreadable' });
    expect(await scratch.secretsIn(previous)).toEqual({ a: '1' });
    expect(await scratch.files()).toEqual(['secrets.vault', previous]);
  });

  test('is beside the vault itself where the home has a link to it', async () => {
    const [scratch, elsewhere] = [await vaultInKeychain(), await scratchVault()];
    await scratch.open();
    await rename(scratch.file, elsewhere.file);
    await symlink(elsewhere.file, scratch.file);
    await (await scratch.open()).set('a', '1');
    expect(await scratch.files()).toEqual(['secrets.vault']);
    expect(await stat(`${elsewhere.file}.previous`)).toMatchObject({ nlink: 1 });
    expect(await scratch.secretsIn('secrets.vault')).toEqual({ a: '1' });
  });
});

describe('a version before that cannot be written', () => {
  test('does not stop a change, unless it has what the change removes', async () => {
    const scratch = await vaultInKeychain();
    const vault = await scratch.open();
    const folder = join(scratch.folder, previous);
    await mkdir(folder);
    await vault.set('a', '1');
    expect(await scratch.files()).toEqual(['secrets.vault', previous]);
    await expect(vault.delete('a')).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringContaining(folder) as string,
    });
    expect(await scratch.files()).toEqual(['secrets.vault', previous]);
  });

  test('is removed instead of replaced, and need not be there', async () => {
    const { file } = await scratchVault();
    // As long as a name may be: the temporary file beside it cannot be made.
    const long = join(dirname(file), `${basename(file)}-`.padEnd(246, 'x'));
    await writeFile(`${long}.previous`, 'with a secret');
    await purgePrevious(long, 'sealed');
    await expect(stat(`${long}.previous`)).rejects.toMatchObject({ code: 'ENOENT' });
    await purgePrevious(long, 'sealed');
  });
});

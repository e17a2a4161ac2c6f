import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StashCopy } from '../../../src/services/vault/stash-copy.ts';
import { writeNewVault } from '../../../src/services/vault/write-vault.ts';
import { vaultInKeychain } from './vault-in-keychain.ts';

test('a new vault never replaces one that appeared while it was being made', async () => {
  const { file, folder } = await vaultInKeychain();
  await writeFile(file, 'of another Stint');
  const key = {
    header: {
      format: 'stint-vault',
      version: 1,
      vaultId: '6f1c3f52-0c4e-4c0b-9a55-0d5d5a1f0a01',
      key: { method: 'keychain' },
    },
    masterKey: Buffer.alloc(32, 7),
  } as const;
  await expect(
    writeNewVault(file, key, new StashCopy(join(folder, 'stash.vault'))),
  ).rejects.toMatchObject({ code: 'vault-unreadable' });
  expect(await readFile(file, 'utf8')).toBe('of another Stint');
});

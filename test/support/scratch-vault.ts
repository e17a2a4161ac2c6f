import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createKeychain, type Keychain } from '../../src/services/vault/keychain.ts';
import type { VaultOptions } from '../../src/services/vault/vault-contract.ts';
import { openVault, type Vault } from '../../src/services/vault/vault.ts';

export const passphrase = 'correct horse battery';

export const keychainChild = [
  process.execPath,
  fileURLToPath(new URL('../../src/services/vault/keychain-child.ts', import.meta.url)),
] as const;

/** A desktop without any keychain: no bus, no display. */
export const noKeychain: Keychain = createKeychain({ child: keychainChild, env: {} });

export interface ScratchVault {
  readonly file: string;
  readonly folder: string;
  open(options?: Partial<VaultOptions>): Promise<Vault>;
}

/** A vault file in a scratch folder; opened with a passphrase unless the test says otherwise. */
export async function scratchVault(): Promise<ScratchVault> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-vault-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'secrets.vault');
  return {
    file,
    folder,
    open: (options = { method: 'passphrase', passphrase }) =>
      openVault({ file, keychain: noKeychain, ...options }),
  };
}

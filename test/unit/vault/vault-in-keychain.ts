import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vault, VaultOptions } from '../../../src/services/vault/vault-contract.ts';
import {
  openEnvelope,
  readEnvelope,
  type VaultHeader,
} from '../../../src/services/vault/vault-file.ts';
import type { Keychain } from '../../../src/services/vault/keychain.ts';
import { keychainInMemory } from '../../support/keychain-in-memory.ts';
import { scratchVault, type ScratchVault } from '../../support/scratch-vault.ts';

/** Of a vault that a test seals itself. */
export const header: VaultHeader = {
  format: 'stint-vault',
  version: 1,
  vaultId: '6f1c3f52-0c4e-4c0b-9a55-0d5d5a1f0a01',
  key: { method: 'keychain' },
};

export interface VaultInKeychain extends ScratchVault {
  readonly keychain: Keychain;
  open(options?: Partial<VaultOptions>): Promise<Vault>;
  /** The names of the files beside each other, sorted; a time in a name is written as `TIME`. */
  files(): Promise<readonly string[]>;
  /** What a file has, opened with the key in the keychain; undefined where there is no such file. */
  secretsIn(name: string): Promise<Readonly<Record<string, string>> | undefined>;
}

/** A scratch vault whose key is in a keychain in memory: it opens without deriving a key. */
export async function vaultInKeychain(): Promise<VaultInKeychain> {
  const scratch = await scratchVault();
  const keychain = keychainInMemory();
  return {
    ...scratch,
    keychain,
    open: (options) => scratch.open({ keychain, ...options }),
    files: async () => (await readdir(scratch.folder)).map(withoutTime).toSorted(),
    async secretsIn(name) {
      const text = await readFile(join(scratch.folder, name), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const envelope = readEnvelope(text, name);
      const key = await keychain.read(`vault ${envelope.header.vaultId}`);
      const secrets = openEnvelope(envelope, Buffer.from(key ?? '', 'base64'), name);
      return Object.fromEntries(secrets);
    },
  };
}

export function withoutTime(name: string): string {
  return name.replace(/\d{4}-\d\d-\d\dT[\d-]{8}\.\d{3}Z/, 'TIME');
}

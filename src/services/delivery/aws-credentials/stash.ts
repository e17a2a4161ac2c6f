import * as z from 'zod';
import type { SecretStore } from '../../vault/secret-store.ts';
import { VaultStash, type Stashed } from '../shared/vault-stash.ts';
import type { StashRow } from './journal.ts';

/** A section, byte for byte: base64 in the vault, latin1 in memory. */
const section = z.codec(z.base64(), z.string(), {
  decode: (base64) => Buffer.from(base64, 'base64').toString('latin1'),
  encode: (latin1) => Buffer.from(latin1, 'latin1').toString('base64'),
});

const content = z.object({
  kind: z.enum(['credentials', 'config']).default('credentials'),
  file: z.string(),
  profileName: z.string(),
  sections: z.array(section).readonly(),
});

type StashContent = z.infer<typeof content>;

/** The user's own sections of AWS files, in the vault until they are restored. */
export type SectionStash = VaultStash<StashRow, StashContent>;
export type StashedSections = Stashed<StashRow, StashContent>;

export function sectionStash(secrets: SecretStore): SectionStash {
  return new VaultStash({
    secrets,
    // The name of secrets on users' disks.
    prefix: 'put-aside/',
    content,
    rowOf: (key, { kind, file, profileName, sections }) => ({
      ...key,
      kind,
      file,
      profileName,
      count: sections.length,
    }),
  });
}

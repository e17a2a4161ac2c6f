import { readStamped, replaceFile, type FileStamp } from '../files/private-file.ts';
import type { StashCopy, VaultKey } from './stash-copy.ts';
import { keepPrevious, purgePrevious } from './vault-copies.ts';
import {
  openEnvelope,
  readEnvelope,
  sealVault,
  unreadable,
  type Secrets,
  type VaultHeader,
} from './vault-file.ts';

/** A vault in memory, and the file it was read from or written to. */
export interface OpenVault {
  readonly header: VaultHeader;
  readonly masterKey: Buffer;
  readonly secrets: Secrets;
  readonly stamp: FileStamp | undefined;
}

/**
 * Writes what `edit` makes of the secrets, and what is kept beside the vault. A file that somebody put
 * in the place of ours is read first, and never overwritten where our key does not open it. `written`
 * runs after each attempt, with the new vault if it is there, and may throw. Throws Problem
 * 'vault-unreadable', 'file-unwritable'.
 */
export async function writeVault(
  file: string,
  started: OpenVault,
  {
    newHeader,
    edit,
    stashCopy,
    written,
  }: {
    readonly newHeader: VaultHeader | undefined;
    readonly edit: (secrets: Secrets) => Secrets;
    readonly stashCopy: StashCopy;
    readonly written: (open: OpenVault | undefined) => void;
  },
): Promise<void> {
  for (let current = started; ;) {
    const header = newHeader ?? current.header;
    const key = { header, masterKey: current.masterKey };
    const secrets = edit(current.secrets);
    const sealed = sealVault(header, current.masterKey, secrets);
    const isPurge = newHeader || [...current.secrets.keys()].some((name) => !secrets.has(name));
    const before = newHeader ? undefined : current.secrets;
    // First where something is removed: a crash in between must not bring it back.
    if (isPurge) await stashCopy.follow(key, before, secrets);
    else await keepPrevious(file, current.stamp);
    const stamp = await replaceFile(file, sealed, { from: current.stamp });
    written(stamp && { ...current, header, secrets, stamp });
    if (stamp) {
      if (isPurge) await purgePrevious(file, sealed);
      else await stashCopy.follow(key, before, secrets);
      return;
    }
    const found = await readStamped(file);
    const envelope = found && readEnvelope(found.bytes.toString('utf8'), file);
    current = {
      ...current,
      ...(envelope && {
        header: envelope.header,
        secrets: openEnvelope(envelope, current.masterKey, file),
      }),
      stamp: found?.stamp,
    };
  }
}

/**
 * Writes a vault where there is none, with what could be saved of a lost one. Throws Problem
 * 'vault-unreadable' if one appeared meanwhile, 'file-unwritable'.
 */
export async function writeNewVault(
  file: string,
  key: VaultKey,
  stashCopy: StashCopy,
): Promise<OpenVault> {
  const secrets = new Map(stashCopy.rescued);
  const sealed = sealVault(key.header, key.masterKey, secrets);
  const stamp = await replaceFile(file, sealed, { from: undefined });
  if (!stamp) throw unreadable(file, 'it appeared while a new one was being made');
  await stashCopy.follow(key, undefined, secrets);
  return { ...key, secrets, stamp };
}

import { copyFile, link, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../../models/problem.ts';
import { toInstant } from '../../models/time.ts';
import {
  readStamped,
  replaceFile,
  sameStamp,
  stampOf,
  temporaryFileName,
  unwritable,
  type FileStamp,
} from '../files/private-file.ts';
import { isDamage, readEnvelope, type VaultHeader } from './vault-file.ts';

/*
 * What is kept beside the vault (docs/decisions/0033): the version before, and a second copy of what is
 * the user's own. Both are encrypted with the vault's key.
 */

/** Beside the file itself, also where the home has a link to it. */
async function previousOf(file: string): Promise<string> {
  return `${await realpath(file).catch(() => file)}.previous`;
}

export function stashFileOf(file: string): string {
  return join(dirname(file), 'stash.vault');
}

/**
 * Keeps the vault, which is about to be replaced, as the version before. `known`: what it looks like
 * while it is what was read or written last; damage is not kept. Best effort: needs no space, and a
 * vault that cannot be kept must not stop a session.
 */
export async function keepPrevious(file: string, known: FileStamp | undefined): Promise<void> {
  if (known === undefined) return;
  const previous = await previousOf(file);
  const temporary = temporaryFileName(previous);
  try {
    const target = await realpath(file);
    await link(target, temporary).catch(() => copyFile(target, temporary));
    if (sameStamp(await stampOf(target), known)) await rename(temporary, previous);
    else await unlink(temporary);
  } catch {
    await unlink(temporary).catch(() => undefined);
  }
}

/**
 * Replaces the version before as well, since it has what was just removed from the vault, or opens
 * with a passphrase of before. Throws Problem 'file-unwritable' if it can be neither replaced nor
 * removed.
 */
export async function purgePrevious(file: string, sealed: string): Promise<void> {
  const previous = await previousOf(file);
  try {
    await replaceFile(previous, sealed);
  } catch {
    await unlink(previous).catch((cause: unknown) => {
      const error = cause as NodeJS.ErrnoException;
      if (error.code !== 'ENOENT') throw unwritable(previous, error);
    });
  }
}

/**
 * Replaces a version before of the same vault that another passphrase opens: a crash interrupted the
 * change of it. Best effort, since the vault is open and the next change replaces it too.
 */
export async function finishRewrap(
  file: string,
  { header, sealed }: { readonly header: VaultHeader; readonly sealed: string },
): Promise<void> {
  const previous = await wholePrevious(file);
  if (previous === undefined) return;
  const before = readEnvelope(previous.text, file).header;
  if (before.vaultId !== header.vaultId || isDeepStrictEqual(before, header)) return;
  await purgePrevious(file, sealed).catch(() => undefined);
}

/** The version before, if it is a whole vault, and when it was written. */
export async function wholePrevious(
  file: string,
): Promise<{ readonly text: string; readonly writtenAt: string } | undefined> {
  const previous = await previousOf(file);
  try {
    const { mtimeMs } = await stat(previous);
    const text = (await readStamped(previous))?.bytes.toString('utf8') ?? '';
    readEnvelope(text, previous);
    return { text, writtenAt: toInstant(mtimeMs) };
  } catch {
    return undefined;
  }
}

/** Whether anything of a vault is there although the vault is not. */
export async function leavesTraces(file: string): Promise<boolean> {
  const files = [await previousOf(file), stashFileOf(file)];
  const found = await Promise.all(files.map((one) => stampOf(one).catch(() => true)));
  return found.some((one) => one !== undefined);
}

/** Whether the vault can be read as far as its checksum. Throws Problem 'file-unreadable'. */
export async function vaultState(file: string): Promise<'missing' | 'damaged' | 'whole'> {
  const found = await readStamped(file);
  if (found === undefined) return 'missing';
  try {
    readEnvelope(found.bytes.toString('utf8'), file);
    return 'whole';
  } catch (error) {
    // One of a newer version is whole, and not for this Stint to replace.
    if (error instanceof Problem) return isDamage(error) ? 'damaged' : 'whole';
    throw error;
  }
}

/**
 * Renames what is in the way of another vault, and returns the new names. Nothing is ever removed.
 * Throws Problem 'file-unwritable'.
 */
export async function setVaultAside(
  file: string,
  { withCopies, now }: { readonly withCopies: boolean; readonly now: number },
): Promise<readonly string[]> {
  const suffix = `.set-aside-${toInstant(now).replaceAll(':', '-')}`;
  const files = withCopies ? [file, await previousOf(file), stashFileOf(file)] : [file];
  const kept: string[] = [];
  for (const one of files) {
    try {
      await rename(one, one + suffix);
      kept.push(one + suffix);
    } catch (cause) {
      const error = cause as NodeJS.ErrnoException;
      if (error.code !== 'ENOENT') throw unwritable(one, error);
    }
  }
  return kept;
}

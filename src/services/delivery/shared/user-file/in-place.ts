import { createHash } from 'node:crypto';
import { open, readdir, readFile, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Problem } from '../../../../models/problem.ts';
import { checkedJson, readCheckedJson } from '../../../files/checked-json.ts';
import { replaceFile } from '../../../files/private-file.ts';
import { fileHolds } from './content.ts';
import { codeOf } from './error-code.ts';

const undoSchema = z.object({
  path: z.string(),
  /** Both in base64. */
  before: z.string(),
  after: z.string(),
});

/** Undo files of writes that this process is in the middle of: there is nothing to repair. */
const underWay = new Set<string>();

const undoName = /^undo-[0-9a-f]{16}\.json$/;

/**
 * Writes over a file that cannot be replaced by another. Old and new content are kept beside the
 * journal (0600, in Stint's folder) until the write is whole, so that `repairInterrupted` can undo
 * it. The added length is written first: a full disk shows before anything was overwritten.
 * Returns false, having done nothing, when the file no longer holds `before`.
 * Throws the system's error or Problem 'file-unwritable'; the file is unchanged then, or will be
 * after the repair.
 */
export async function writeInPlace(
  location: { readonly path: string; readonly undoFolder: string },
  before: Buffer,
  after: Buffer,
): Promise<boolean> {
  const { path, undoFolder } = location;
  const undo = join(undoFolder, undoFileName(path));
  const handle = await open(path, 'r+');
  try {
    const record = { path, before: before.toString('base64'), after: after.toString('base64') };
    underWay.add(undo);
    await replaceFile(undo, checkedJson(record));
    if (!fileHolds(path, before)) {
      await unlink(undo);
      return false;
    }
    try {
      await overwrite(handle, before.length, after);
    } catch (error) {
      await overwrite(handle, 0, before);
      await unlink(undo);
      throw error;
    }
    await unlink(undo);
    return true;
  } finally {
    underWay.delete(undo);
    await handle.close();
  }
}

/** An interrupted write that could not be repaired now. Its undo file stays for another attempt. */
export interface Unrepaired {
  readonly undoFile: string;
  /** The file that was written; undefined where the undo file cannot be read. */
  readonly path?: string;
  readonly problem: Problem;
}

/** Undoes writes that a crash or a full disk interrupted. Never throws for trouble with a file. */
export async function repairInterrupted(undoFolder: string): Promise<readonly Unrepaired[]> {
  const unrepaired: Unrepaired[] = [];
  for (const name of await readdir(undoFolder).catch(() => [])) {
    const undoFile = join(undoFolder, name);
    if (!undoName.test(name) || underWay.has(undoFile)) continue;
    let path: string | undefined;
    try {
      const record = await readUndo(undoFile);
      if (record === undefined) {
        await rename(undoFile, `${undoFile}.damaged`);
        unrepaired.push({ undoFile, problem: damaged(undoFile) });
        continue;
      }
      path = record.path;
      await undoWrite(record);
      await unlink(undoFile);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      const problem = cannotRepair(undoFile, path, error as Error);
      unrepaired.push({ undoFile, problem, ...(path === undefined ? {} : { path }) });
    }
  }
  return unrepaired;
}

function cannotRepair(undoFile: string, path: string | undefined, cause: Error): Problem {
  const file = path ?? undoFile;
  const [code, what] =
    path === undefined
      ? (['file-unreadable', 'which undoes an interrupted write, cannot be read'] as const)
      : (['file-unwritable', 'to which a write was interrupted, cannot be repaired'] as const);
  return new Problem(code, {
    detail: `${file}, ${what}: ${cause.message}.`,
    next: `Make ${file} a file that your user can read and write, then try again.`,
    cause,
  });
}

function damaged(undoFile: string): Problem {
  return new Problem('file-unreadable', {
    detail: `${undoFile}, which undoes an interrupted write, is damaged and was moved to ${undoFile}.damaged.`,
    next: 'Check your AWS and Azure CLI files. What one of them held before is in the file that was moved, in base64.',
  });
}

interface Undo {
  readonly path: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Undefined for one that is damaged; undo files are written whole. Throws the system's error. */
async function readUndo(file: string): Promise<Undo | undefined> {
  const record = undoSchema.safeParse(readCheckedJson(await readFile(file, 'utf8')));
  if (!record.success) return undefined;
  const { path, before, after } = record.data;
  return { path, before: Buffer.from(before, 'base64'), after: Buffer.from(after, 'base64') };
}

/** Only a mixture of old and new is ours to undo: anything else somebody wrote since. */
async function undoWrite({ path, before, after }: Undo): Promise<void> {
  const handle = await open(path, 'r+').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    const now = await handle.readFile();
    if (now.equals(before) || now.equals(after) || !isMixture(now, before, after)) return;
    await overwrite(handle, 0, before);
  } finally {
    await handle.close();
  }
}

/** Zero bytes are what a crash of the system leaves where a file had grown. */
function isMixture(now: Buffer, before: Buffer, after: Buffer): boolean {
  const lengths = [before.length, after.length];
  if (now.length < Math.min(...lengths) || now.length > Math.max(...lengths)) return false;
  return now.every((byte, index) => byte === before[index] || byte === after[index] || byte === 0);
}

async function overwrite(handle: FileHandle, oldLength: number, bytes: Buffer): Promise<void> {
  const grown = Math.min(Math.max(oldLength, 0), bytes.length);
  await writeAt(handle, bytes, grown, bytes.length);
  await writeAt(handle, bytes, 0, grown);
  await handle.truncate(bytes.length);
  await handle.sync();
}

async function writeAt(handle: FileHandle, bytes: Buffer, from: number, to: number): Promise<void> {
  for (let at = from; at < to;) {
    at += (await handle.write(bytes, at, to - at, at)).bytesWritten;
  }
}

function undoFileName(path: string): string {
  return `undo-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.json`;
}

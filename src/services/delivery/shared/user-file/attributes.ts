import { execFile } from 'node:child_process';
import type { BigIntStats } from 'node:fs';
import { stat, utimes } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Files that Stint itself made, by path: which file it was, and its status when it was made. */
const ownFiles = new Map<string, string>();
/** The same for files that Stint wrote in place: what is known of them is only that it wrote last. */
const ownWrites = new Map<string, string>();

/**
 * Whether a new file instead of this one would lose something that Node cannot give it: hard links,
 * another owner that only root can set, an access control list. Such a file is written in place.
 */
export async function renameWouldLose(path: string, stats: BigIntStats): Promise<boolean> {
  if (process.platform === 'win32') return false;
  // What Stint made has only the list that its folder hands down, and the next file has it too.
  if (ownFiles.get(path) === identityOf(stats)) return false;
  return ownershipWouldChange(stats) || (await hasAccessControlList(path));
}

/** Whether a new file would have another owner, or other names of the file would keep the old one. */
export function ownershipWouldChange({ nlink, uid }: BigIntStats): boolean {
  const me = process.geteuid?.();
  return nlink > 1n || (me !== undefined && me !== 0 && uid !== BigInt(me));
}

/** Notes that Stint just wrote the file at `path` in place. */
export async function noteOwnWrite(path: string): Promise<void> {
  ownWrites.set(path, identityOf(await stat(path, { bigint: true })));
}

/** Whether nobody has written the file since Stint did. */
export function isOwnWrite(path: string, stats: BigIntStats): boolean {
  const identity = identityOf(stats);
  return ownFiles.get(path) === identity || ownWrites.get(path) === identity;
}

/** Notes that Stint just made the file at `path`: its attributes need not be read again. */
export async function noteOwnFile(path: string): Promise<void> {
  ownFiles.set(path, identityOf(await stat(path, { bigint: true })));
}

/** Sets when the file was last modified, in milliseconds since 1970. */
export async function setModified(path: string, time: number): Promise<void> {
  const isOwn = ownFiles.get(path) === identityOf(await stat(path, { bigint: true }));
  await utimes(path, time / 1000, time / 1000);
  if (isOwn) await noteOwnFile(path);
}

/** A new link, owner, mode or access control list changes the status time (POSIX `st_ctim`). */
function identityOf({ dev, ino, ctimeNs }: BigIntStats): string {
  return `${dev}/${ino}/${ctimeNs}`;
}

/**
 * Node has no call for access control lists, so `ls` is asked: POSIX prints a `+` after the mode;
 * on macOS `-e` prints a line for each entry.
 */
async function hasAccessControlList(path: string): Promise<boolean> {
  const isMac = process.platform === 'darwin';
  try {
    const { stdout } = await run('ls', [isMac ? '-lde' : '-ld', '--', path], {
      env: { PATH: process.env['PATH'] ?? '/bin:/usr/bin', LC_ALL: 'C' },
    });
    return isMac ? stdout.trimEnd().includes('\n') : stdout.charAt(10) === '+';
  } catch {
    return false;
  }
}

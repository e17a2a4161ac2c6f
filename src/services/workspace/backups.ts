import { constants } from 'node:fs';
import { copyFile, link, open, readdir, readFile, realpath, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../files/private-file.ts';
import { readDocument, type WorkspaceDocument } from './workspace-document.ts';

/** How many good versions are kept. */
const keptVersions = 10;

interface Backup {
  readonly file: string;
  /** Grows by one with each backup: unlike the clock, it never decreases. */
  readonly number: number;
}

/** The backups in `folder`, newest first. */
export async function listBackups(folder: string): Promise<readonly Backup[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const number = /^workspace-(\d+)-.*\.json$/.exec(name)?.[1];
      return number === undefined ? [] : [{ file: join(folder, name), number: Number(number) }];
    })
    .sort((a, b) => b.number - a.number);
}

/**
 * Keeps `file`, which is about to be replaced, as the newest backup, and removes the eleventh.
 * Returns its path; a version that equals the newest backup is not kept again.
 */
export async function keepBackup(folder: string, file: string, now: number): Promise<string> {
  const earlier = await listBackups(folder);
  const [newest] = earlier;
  if (newest !== undefined && (await haveSameBytes(newest.file, file))) return newest.file;
  const backup = nextBackup(folder, earlier, now);
  await keepAs(file, backup);
  await letGo(earlier);
  return backup;
}

/**
 * Keeps the version that was just saved as well: a separate copy, because whatever damages the file
 * in its place must not reach them. Best effort: what was saved is saved.
 */
export async function keepSaved(folder: string, content: Uint8Array, now: number): Promise<void> {
  const earlier = await listBackups(folder);
  try {
    await replaceFile(nextBackup(folder, earlier, now), content);
    await letGo(earlier);
  } catch {
    // For example a full disk: the version before is still there.
  }
}

function nextBackup(folder: string, [newest]: readonly Backup[], now: number): string {
  const number = String((newest?.number ?? 0) + 1).padStart(6, '0');
  return join(folder, `workspace-${number}-${fileTime(now)}.json`);
}

async function letGo(earlier: readonly Backup[]): Promise<void> {
  for (const old of earlier.slice(keptVersions - 1)) await unlink(old.file).catch(() => undefined);
}

async function haveSameBytes(file: string, other: string): Promise<boolean> {
  try {
    const [one, two] = await Promise.all([readFile(file), readFile(other)]);
    return one.equals(two);
  } catch {
    return false;
  }
}

/** The newest backup that can be read, if any. Throws Problem as `readDocument` does. */
export async function newestGoodBackup(
  folder: string,
): Promise<{ readonly file: string; readonly document: WorkspaceDocument } | undefined> {
  for (const { file } of await listBackups(folder)) {
    const read = readDocument(await readFile(file), file);
    if (read.kind === 'document') return { file, document: read.document };
  }
  return undefined;
}

/**
 * Moves a damaged `file` aside under a new name, and returns that name. The file itself stays
 * until a good one is renamed over it, so that a crash in between does not look like a first start.
 */
export async function setAside(folder: string, file: string, now: number): Promise<string> {
  const bytes = await readFile(file);
  for (const name of await readdir(folder)) {
    if (!/^workspace\.damaged-.*\.json$/.test(name)) continue;
    if ((await readFile(join(folder, name))).equals(bytes)) return join(folder, name);
  }
  for (let copy = 1; ; copy += 1) {
    const suffix = copy === 1 ? '' : `-${copy}`;
    const aside = join(folder, `workspace.damaged-${fileTime(now)}${suffix}.json`);
    try {
      await keepBytes(file, bytes, aside);
      return aside;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A copy, as the file itself may stay, and another program may write into it in its place. */
async function keepBytes(file: string, bytes: Uint8Array, aside: string): Promise<void> {
  const copy = await open(aside, 'wx', 0o600);
  let isWhole = false;
  try {
    await copy.writeFile(bytes);
    await copy.sync();
    isWhole = true;
  } catch {
    // For example on a full disk.
  } finally {
    await copy.close();
  }
  if (isWhole) return;
  await unlink(aside);
  await keepAs(file, aside);
}

/** A hard link needs no space, which a full disk does not have. A link in the home is not what is kept. */
async function keepAs(file: string, other: string): Promise<void> {
  const target = await realpath(file);
  try {
    await link(target, other);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') throw error;
    await copyFile(target, other, constants.COPYFILE_EXCL);
  }
}

function fileTime(now: number): string {
  return new Date(now).toISOString().replaceAll(':', '-');
}

import { copyFile, link, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readDocument, type WorkspaceDocument } from './workspace-document.ts';

/** How many good versions are kept. */
const keptVersions = 10;

interface Backup {
  readonly file: string;
  /** Grows by one with each backup: unlike the clock it never goes back. */
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

/** Keeps `file` as the newest backup and lets go of the eleventh. Returns where it is kept. */
export async function keepBackup(folder: string, file: string, now: number): Promise<string> {
  const earlier = await listBackups(folder);
  const number = String((earlier[0]?.number ?? 0) + 1).padStart(6, '0');
  const backup = join(folder, `workspace-${number}-${fileTime(now)}.json`);
  await keepAs(file, backup);
  for (const old of earlier.slice(keptVersions - 1)) await unlink(old.file).catch(() => undefined);
  return backup;
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
 * Puts a damaged `file` aside under a name of its own, and returns that name. The file itself stays
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
      await keepAs(file, aside);
      return aside;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A second name for the same bytes needs no space, which a full disk would not have. */
async function keepAs(file: string, other: string): Promise<void> {
  try {
    await link(file, other);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') throw error;
    await copyFile(file, other);
  }
}

function fileTime(now: number): string {
  return new Date(now).toISOString().replaceAll(':', '-');
}

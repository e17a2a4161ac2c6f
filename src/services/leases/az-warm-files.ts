import { copyFile, mkdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../files/private-file.ts';

/*
 * What the Azure CLI would have to make in an empty folder, which takes it seconds: its command
 * index, when it last looked for a newer version, and the metadata of sign-in hosts. Nothing in these
 * files is secret or belongs to an account.
 */
const names = ['commandIndex.json', 'versionCheck.json', 'msal_http_cache.bin'] as const;

/**
 * Gives a folder of the Azure CLI, for each of these files that it lacks, the newest of `sources`.
 * Never throws: az makes them itself.
 */
export async function warmUp(folder: string, sources: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = join(folder, name);
    if ((await modifiedAt(file)) !== undefined) continue;
    const newest = await newestOf(sources.map((source) => join(source, name)));
    if (newest !== undefined) await copy(newest, file).catch(() => undefined);
  }
}

/** Keeps the files of a folder that goes, for the next. Never throws. */
export async function keepWarm(folder: string, kept: string): Promise<void> {
  for (const name of names) {
    const file = join(folder, name);
    if ((await newestOf([join(kept, name), file])) !== file) continue;
    await mkdir(kept, { recursive: true, mode: 0o700 }).catch(() => undefined);
    await copy(file, join(kept, name)).catch(() => undefined);
  }
}

/** az warns of a half-written file: one that is just being written is not copied. */
async function copy(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from);
  if (from.endsWith('.json')) {
    const text = await readFile(from, 'utf8');
    JSON.parse(text.replace(/^\ufeff/, ''));
    await replaceFile(to, text);
  } else {
    await copyFile(from, to);
  }
  // A copy is as old as what it was made from.
  await utimes(to, atime, mtime);
}

async function newestOf(files: readonly string[]): Promise<string | undefined> {
  let newest: { readonly file: string; readonly at: number } | undefined;
  for (const file of files) {
    const at = await modifiedAt(file);
    if (at !== undefined && at > (newest?.at ?? -Infinity)) newest = { file, at };
  }
  return newest?.file;
}

async function modifiedAt(file: string): Promise<number | undefined> {
  return await stat(file).then(
    ({ mtimeMs, size }) => (size === 0 ? undefined : mtimeMs),
    () => undefined,
  );
}

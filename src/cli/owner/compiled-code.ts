import { lstatSync, type Stats } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Lets Node keep what it compiled of Stint's programs in `compiled/` of the home, so that the next
 * command starts faster (Node: module.enableCompileCache). It runs as code, so only in a home that
 * nobody else can change; otherwise, and where there is no home yet, nothing is kept.
 */
export function keepCompiledCode(home: string): void {
  if (isPrivate(home)) enableCompileCache(join(home, 'compiled'));
}

function isPrivate(home: string): boolean {
  const found = statsOf(home);
  const uid = process.getuid?.();
  // Windows: the folder's access list, which it has from the user's own.
  if (uid === undefined) return found !== undefined;
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o022) === 0;
}

/** Undefined for none, and where a part of the path is a file: the command itself says so. */
function statsOf(home: string): Stats | undefined {
  try {
    return lstatSync(home);
  } catch {
    return undefined;
  }
}

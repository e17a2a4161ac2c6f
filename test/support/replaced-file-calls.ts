import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/**
 * From now to the end of the test, or until the returned function is called, these functions of
 * node:fs and node:fs/promises are called instead of the system's: what another program or a broken
 * disk does at one moment is done there.
 */
export function replaceFileCalls(
  promises: Partial<typeof fs.promises>,
  sync: Partial<typeof fs> = {},
): () => void {
  const promisesBefore = { ...fs.promises };
  const syncBefore = { ...fs };
  Object.assign(fs.promises, promises);
  Object.assign(fs, sync);
  syncBuiltinESMExports();
  const restore = () => {
    Object.assign(fs.promises, pick(promisesBefore, promises));
    Object.assign(fs, pick(syncBefore, sync));
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  return restore;
}

/** The fields of `all` that `some` has. */
function pick<T extends object>(all: T, some: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => Object.hasOwn(some, name)),
  ) as Partial<T>;
}

/** The error of a system call. */
export function systemError(code: string, what = 'refused by the test'): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

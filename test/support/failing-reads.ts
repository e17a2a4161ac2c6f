import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/**
 * From now to the end of the test, or until the returned function is called, every read of `file`
 * through node:fs/promises fails with `code`, as on a broken disk or with no right to it.
 */
export function failReads(file: string, code: 'EACCES' | 'EIO' | 'EMFILE'): () => void {
  const { readFile, open } = fs.promises;
  const refuse = (path: unknown) => {
    if (path !== file) return;
    throw Object.assign(new Error(`${code}: cannot be read, open '${file}'`), { code });
  };
  const guarded = <F extends (...args: never[]) => Promise<unknown>>(original: F) =>
    (async (...args: Parameters<F>) => {
      refuse(args[0]);
      return await original(...args);
    }) as unknown as F;
  fs.promises.readFile = guarded(readFile);
  fs.promises.open = guarded(open);
  syncBuiltinESMExports();
  const restore = () => {
    Object.assign(fs.promises, { readFile, open });
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  return restore;
}

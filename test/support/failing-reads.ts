import fs from 'node:fs';
import { replaceFileCalls, systemError } from './replaced-file-calls.ts';

/**
 * From now to the end of the test, or until the returned function is called, every read of `file`
 * through node:fs/promises fails with `code`, as on a broken disk or with no right to it.
 */
export function failReads(file: string, code: 'EACCES' | 'EIO' | 'EMFILE'): () => void {
  const { readFile, open } = fs.promises;
  const refuse = (path: unknown) => {
    if (path !== file) return;
    throw systemError(code, `cannot be read, open '${file}'`);
  };
  const guarded = <F extends (...args: never[]) => Promise<unknown>>(original: F) =>
    (async (...args: Parameters<F>) => {
      refuse(args[0]);
      return await original(...args);
    }) as unknown as F;
  return replaceFileCalls({ readFile: guarded(readFile), open: guarded(open) });
}

import { stat } from 'node:fs/promises';
import { codeOf } from './error-code.ts';

/** Whether there is something at `path`. What cannot be looked at counts as being there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR';
  }
}

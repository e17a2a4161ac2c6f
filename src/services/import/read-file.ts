import { Problem } from '../../models/problem.ts';
import { locate, readUserFile } from '../delivery/shared/user-file/locate.ts';
import type { ImportContent } from '../../models/import.ts';
import type { FileReader } from './importer.ts';

/** A reader that notes in `found` which files there are. */
export function fileReader(found: Set<string>): FileReader {
  const latin1 = async (file: string) => {
    const bytes = await readUserFile(await locate(file));
    if (bytes !== undefined) found.add(file);
    return bytes;
  };
  return {
    latin1,
    async text(file) {
      const bytes = await latin1(file);
      return bytes === undefined ? undefined : fromUtf8(file, bytes);
    },
  };
}

/** A reader of what the caller sent, which opens no file. */
export function contentReader({ name, text }: ImportContent, found: Set<string>): FileReader {
  found.add(name);
  const read = (file: string) => Promise.resolve(file === name ? text : undefined);
  return {
    text: read,
    latin1: async (file) => {
      const sent = await read(file);
      return sent === undefined ? undefined : Buffer.from(sent, 'utf8').toString('latin1');
    },
  };
}

function fromUtf8(file: string, bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch (cause) {
    throw new Problem('file-unreadable', {
      detail: `${file} is not UTF-8 text. Stint did not change it.`,
      next: 'Save it as UTF-8, then try again.',
      cause,
    });
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../../models/problem.ts';
import { systemClock } from '../../clock/clock.ts';
import { setModified } from '../shared/user-file/attributes.ts';
import { editFile } from '../shared/user-file/edit-file.ts';
import { locate, readUserFile } from '../shared/user-file/locate.ts';
import {
  decodeAzureFile,
  encodeAzureFile,
  pathOf,
  type AzureFile,
  type AzureFileKind,
} from './azure-file.ts';
import { withLockfile } from './lockfile.ts';

/** The Azure CLI empties a file before it rewrites it: reads until such a file is whole again. */
const reads = 6;
const betweenReads = 100;

/** Undefined where there is no file. Throws Problem 'file-unreadable'. */
export async function readAzureFile(
  folder: string,
  kind: AzureFileKind,
): Promise<AzureFile | undefined> {
  const file = pathOf(folder, kind);
  return await readWhole(async (isLastRead) => {
    const bytes = await readUserFile(await locate(file));
    return bytes === undefined ? undefined : decode(file, kind, bytes, isLastRead);
  });
}

/**
 * Changes a file of the Azure CLI, as `editFile` does: `plan` gets its content and returns the new
 * one; undefined means no file.
 */
export async function editAzureFile(
  location: { readonly folder: string; readonly kind: AzureFileKind; readonly undoFolder: string },
  plan: (content: AzureFile | undefined) => Promise<AzureFile | undefined>,
): Promise<void> {
  const { kind, undoFolder } = location;
  const file = pathOf(location.folder, kind);
  let isWritten = false;
  const edit = () =>
    readWhole(async (isLastRead) => {
      await editFile({ file, undoFolder }, async (bytes) => {
        const text = bytes?.toString('latin1');
        const content = text === undefined ? undefined : decode(file, kind, text, isLastRead);
        const wanted = await plan(content);
        const after = wanted === undefined ? undefined : encodeAzureFile(wanted);
        isWritten = after !== undefined && after !== text;
        return after;
      });
    });
  if (!kind.isLocked) await edit();
  else {
    const path = await locate(file);
    await withLockfile(path, async () => {
      await edit();
      if (isWritten) await dateNow(path);
    });
  }
}

/**
 * msal reads its cache again only if the file is newer than its own last read, and a file's time may
 * lag some milliseconds behind the system clock.
 */
async function dateNow(path: string): Promise<void> {
  await setModified(path, systemClock.now() + 1).catch(() => undefined);
}

class HalfWritten extends Error {}

function decode(file: string, kind: AzureFileKind, bytes: string, isLastRead: boolean): AzureFile {
  if (bytes === '' && !isLastRead) throw new HalfWritten();
  try {
    return decodeAzureFile(file, kind, bytes);
  } catch (error) {
    if (isLastRead || !(error instanceof Problem)) throw error;
    throw new HalfWritten();
  }
}

async function readWhole<T>(read: (isLastRead: boolean) => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await read(count === reads);
    } catch (error) {
      if (!(error instanceof HalfWritten)) throw error;
      await delay(betweenReads);
    }
  }
}

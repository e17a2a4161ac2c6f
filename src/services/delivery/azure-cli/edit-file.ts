import { utimes } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../../models/problem.ts';
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

/** The Azure CLI empties a file before it writes it anew: looks until such a one is whole again. */
const looks = 6;
const betweenLooks = 100;

/** Undefined where there is no file. Throws Problem 'file-unreadable'. */
export async function readAzureFile(
  folder: string,
  kind: AzureFileKind,
): Promise<AzureFile | undefined> {
  const file = pathOf(folder, kind);
  return await settled(async (isLastLook) => {
    const bytes = await readUserFile(await locate(file));
    return bytes === undefined ? undefined : decode(file, kind, bytes, isLastLook);
  });
}

/**
 * Changes a file of the Azure CLI's, as `editFile` does: `plan` gets what stands there and returns
 * what shall, undefined standing for no file.
 */
export async function editAzureFile(
  place: { readonly folder: string; readonly kind: AzureFileKind; readonly undoFolder: string },
  plan: (content: AzureFile | undefined) => Promise<AzureFile | undefined>,
): Promise<void> {
  const { kind, undoFolder } = place;
  const file = pathOf(place.folder, kind);
  let isWritten = false;
  const edit = () =>
    settled(async (isLastLook) => {
      await editFile({ file, undoFolder }, async (bytes) => {
        const content = bytes === undefined ? undefined : decode(file, kind, bytes, isLastLook);
        const wanted = await plan(content);
        const after = wanted === undefined ? undefined : encodeAzureFile(wanted);
        isWritten = after !== undefined && after !== bytes;
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
 * msal reads its cache anew only where the file is younger than its own last look, and the system's
 * time of a file may lag some milliseconds behind the clock.
 */
async function dateNow(path: string): Promise<void> {
  const now = (Date.now() + 1) / 1000;
  await utimes(path, now, now).catch(() => undefined);
}

class HalfWritten extends Error {}

function decode(file: string, kind: AzureFileKind, bytes: string, isLastLook: boolean): AzureFile {
  if (bytes === '' && !isLastLook) throw new HalfWritten();
  try {
    return decodeAzureFile(file, kind, bytes);
  } catch (error) {
    if (isLastLook || !(error instanceof Problem)) throw error;
    throw new HalfWritten();
  }
}

async function settled<T>(look: (isLastLook: boolean) => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await look(count === looks);
    } catch (error) {
      if (!(error instanceof HalfWritten)) throw error;
      await delay(betweenLooks);
    }
  }
}

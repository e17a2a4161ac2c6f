import { open, type FileHandle } from 'node:fs/promises';
import { fieldErrors, fieldErrorsText } from '../../../models/field-errors.ts';
import { Problem } from '../../../models/problem.ts';
import { trustedIssuerSchema, type TrustedIssuer } from '../../../models/trusted-issuer.ts';

/** In bytes; with a hundred rules it has a tenth of them. */
const longestFile = 64 * 1024;

/** What `file` trusts; undefined if it does not exist. Throws Problem 'file-unreadable'. */
export async function readIssuerFile(file: string): Promise<TrustedIssuer | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    // Of the open file: that of the path could be another one by now.
    const { uid, mode, size } = await handle.stat();
    refuseForeign(file, { uid, mode });
    if (size > longestFile) throw unusable(file, 'it has more than 64 KiB');
    return parse(file, await handle.readFile('utf8'));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(file, (cause as Error).message);
  } finally {
    await handle?.close();
  }
}

/** Who can write it decides who gets in. */
function refuseForeign(
  file: string,
  { uid, mode }: { readonly uid: number; readonly mode: number },
): void {
  if (process.getuid === undefined) return; // Windows has access lists instead, which the home sets.
  if (uid !== process.getuid()) {
    throw unusable(file, 'it belongs to another user', `Make it yours: chown ${process.getuid()}`);
  }
  if ((mode & 0o022) !== 0) {
    const shown = (mode & 0o777).toString(8);
    throw unusable(file, `others can write it (mode ${shown})`, 'Run: chmod 600');
  }
}

function parse(file: string, content: string): TrustedIssuer {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw unusable(file, 'it is not JSON');
  }
  const parsed = trustedIssuerSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw unusable(file, fieldErrorsText(fieldErrors(parsed.error, value), 'it'));
}

function unusable(file: string, why: string, command?: string): Problem {
  return new Problem('file-unreadable', {
    detail: `The trusted issuer in ${file} does not count: ${why}.`,
    next: command === undefined ? `Correct ${file}, or remove it.` : `${command} ${file}`,
  });
}

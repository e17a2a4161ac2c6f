import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Whether a new file in this one's place would lose something that Node cannot give it: hard links,
 * another owner that only root can set, an access control list. Such a file is written in place.
 */
export async function renameWouldLose(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const { nlink, uid } = await stat(path);
  const me = process.geteuid?.();
  return nlink > 1 || (me !== 0 && uid !== me) || (await hasAccessControlList(path));
}

/**
 * Node has no call for access control lists, so `ls` is asked: POSIX has it put a `+` behind the
 * mode; on macOS `-e` prints each entry on a line of its own.
 */
async function hasAccessControlList(path: string): Promise<boolean> {
  const isMac = process.platform === 'darwin';
  try {
    const { stdout } = await run('ls', [isMac ? '-lde' : '-ld', '--', path], {
      env: { PATH: process.env['PATH'] ?? '/bin:/usr/bin', LC_ALL: 'C' },
    });
    return isMac ? stdout.trimEnd().includes('\n') : stdout.charAt(10) === '+';
  } catch {
    return false;
  }
}

import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4 as uuid } from 'uuid';
import { Problem } from '../models/problem.ts';

/** sizeof(sun_path) less its end, unix(7): 108 on Linux, 104 on macOS and the BSDs. */
const longestSocketPath = 103;

/**
 * Where the owner listens: `agent.sock` in the home; a short path in the user's runtime folder
 * where that would be too long; on Windows a pipe with a name nobody can guess. The last two are
 * recorded in `agent.json`.
 */
export async function socketPathFor(home: string, usual: string): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\stint-${uuid()}`;
  if (Buffer.byteLength(usual) <= longestSocketPath) return usual;
  const uid = process.getuid?.() ?? 0;
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? join(tmpdir(), `stint-${uid}`);
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const folder = await lstat(runtime);
  if (!folder.isDirectory() || folder.uid !== uid || (folder.mode & 0o077) !== 0) {
    throw new Problem('owner-conflict', {
      detail: `The folder ${runtime} is not a private folder of yours, so no socket can be put there.`,
      next: 'Set XDG_RUNTIME_DIR to a folder of your own, or STINT_HOME to a shorter path.',
    });
  }
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  return join(runtime, `stint-${name}.sock`);
}

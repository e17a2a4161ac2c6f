import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { Problem } from '../models/problem.ts';
import type { HomePaths } from '../services/files/home.ts';
import { replaceFile } from '../services/files/private-file.ts';

/** sizeof(sun_path) less its end, unix(7): 108 on Linux, 104 on macOS and the BSDs. */
const longestSocketPath = 103;

/**
 * Where the owner of a home listens, the same for every process: `agent.sock` in the home; a short
 * path in the user's runtime folder where that would be too long; on Windows a pipe whose random
 * name is kept in the home. The caller holds the claim lock. Throws Problem 'owner-conflict',
 * 'file-unwritable'.
 */
export async function socketPathFor(paths: HomePaths, platform: NodeJS.Platform): Promise<string> {
  if (platform === 'win32') return `\\\\.\\pipe\\stint-${await pipeName(paths.pipeName)}`;
  if (Buffer.byteLength(paths.socket) <= longestSocketPath) return paths.socket;
  const uid = process.getuid?.() ?? 0;
  const runtime = process.env['XDG_RUNTIME_DIR'] ?? join(tmpdir(), `stint-${uid}`);
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  const folder = await lstat(runtime);
  if (!folder.isDirectory() || folder.uid !== uid || (folder.mode & 0o077) !== 0) {
    throw new Problem('owner-conflict', {
      detail: `The folder ${runtime} is not private to you, so Stint's socket cannot be there.`,
      next: 'Set XDG_RUNTIME_DIR to a private folder, or STINT_HOME to a shorter path.',
    });
  }
  const name = createHash('sha256').update(paths.home).digest('hex').slice(0, 16);
  return join(runtime, `stint-${name}.sock`);
}

/** The name in the file, or a new one. A pipe is open to all users, so its name must not be guessed. */
async function pipeName(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  const name = z.uuid().safeParse(kept.trim());
  if (name.success) return name.data;
  const fresh = randomUUID();
  await replaceFile(file, `${fresh}\n`);
  return fresh;
}

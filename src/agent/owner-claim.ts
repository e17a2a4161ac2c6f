import { lstat, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { Problem } from '../models/problem.ts';
import type { HomePaths } from '../services/files/home.ts';
import { withClaimLock } from './claim-lock.ts';
import { askToRelease, probeOwner, type OwnerInfo } from './owner-probe.ts';
import { readRecord } from './owner-record.ts';
import { socketPathFor } from './socket-path.ts';
import { compareVersions } from './version.ts';

export type Claim =
  | { readonly kind: 'claimed'; readonly socketPath: string }
  | { readonly kind: 'owned'; readonly owner: OwnerInfo; readonly socketPath: string };

/** Which running owner gives way: one of an older version, or also one of the same. */
export type TakeOver = 'older' | 'older-or-same';

/**
 * Makes this process the one owner of the workspace by listening on its socket, or tells who is.
 * An owner that gives way is asked to hand over; sessions go on. A stale socket is removed
 * only after nobody answered on it. Throws Problem 'owner-conflict'.
 */
export async function claimOwnership(
  server: Server,
  paths: HomePaths,
  version: string,
  takeOver: TakeOver = 'older',
): Promise<Claim> {
  return await withClaimLock(join(paths.home, 'claim.lock'), async () => {
    const socketPath = await socketPathFor(paths.home, paths.socket);
    const occupied = (await readRecord(paths.agentFile))?.socket ?? socketPath;
    const owner = await probeOwner(occupied);
    if (owner !== undefined) {
      const ahead = compareVersions(version, owner.version);
      if (ahead < 0 || (ahead === 0 && takeOver === 'older')) {
        return { kind: 'owned', owner, socketPath: occupied };
      }
      await askToRelease(occupied, (await readFile(paths.token, 'utf8')).trim());
    }
    await removeStale(socketPath);
    await listen(server, socketPath);
    return { kind: 'claimed', socketPath };
  });
}

async function removeStale(socketPath: string): Promise<void> {
  if (process.platform === 'win32') return;
  const found = await lstat(socketPath).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new Problem('owner-conflict', {
      detail: `${socketPath} is in the way and is no socket.`,
      next: 'Move that file away and try again.',
    });
  }
  await rm(socketPath, { force: true });
}

async function listen(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

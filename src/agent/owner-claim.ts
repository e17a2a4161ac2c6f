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

export interface ClaimOptions {
  readonly version: string;
  /** `older` if omitted. */
  readonly takeOver?: TakeOver | undefined;
  readonly platform?: NodeJS.Platform;
}

/**
 * Makes this process the one owner of the workspace by listening on its socket, or finds out who is.
 * An owner that gives way is asked to hand over, and its sessions continue. A stale socket is removed
 * only after nobody answered on it. Throws Problem 'owner-conflict', 'file-unwritable'.
 */
export async function claimOwnership(
  server: Server,
  paths: HomePaths,
  { version, takeOver = 'older', platform = process.platform }: ClaimOptions,
): Promise<Claim> {
  return await withClaimLock(join(paths.home, 'claim.lock'), async () => {
    const socketPath = await socketPathFor(paths, platform);
    const recorded = (await readRecord(paths.agentFile))?.socket ?? socketPath;
    for (const occupied of new Set([recorded, socketPath])) {
      if (!(await isOwn(occupied))) continue;
      const owner = await probeOwner(occupied);
      if (owner === undefined) continue;
      const ahead = compareVersions(version, owner.version);
      if (ahead < 0 || (ahead === 0 && takeOver === 'older')) {
        return { kind: 'owned', owner, socketPath: occupied };
      }
      await askToRelease(occupied, () => tokenIn(paths.token));
    }
    if (platform !== 'win32') await removeStale(socketPath);
    await listen(server, socketPath);
    return { kind: 'claimed', socketPath };
  });
}

/**
 * Whether the socket is nobody else's: they may have put it, or its name, into the home while that was open to
 * them. An owner that is asked to hand over gets the token in the home.
 */
async function isOwn(socketPath: string): Promise<boolean> {
  const uid = process.getuid?.();
  if (uid === undefined) return true;
  // Linux has sockets without a file, and so without an owner (unix(7), "abstract").
  if (socketPath.includes('\0')) return false;
  const found = await lstat(socketPath).catch(() => undefined);
  return found === undefined || found.uid === uid;
}

/** Undefined before the owner has written it. */
async function tokenIn(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    return undefined;
  }
}

async function removeStale(socketPath: string): Promise<void> {
  const found = await lstat(socketPath).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new Problem('owner-conflict', {
      detail: `${socketPath} is in the way and is not a socket.`,
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

import { chmod, mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { Problem } from '../../models/problem.ts';
import { isAlive } from './living-process.ts';
import { temporaryFilePid } from './private-file.ts';

/** Everything Stint keeps on disk for itself (DESIGN §6). */
export interface HomePaths {
  readonly home: string;
  readonly workspace: string;
  readonly backups: string;
  readonly socket: string;
  /** Windows alone: the random part of the name of the owner's pipe. */
  readonly pipeName: string;
  readonly agentFile: string;
  readonly token: string;
  readonly accessDb: string;
  readonly historyDb: string;
  readonly vault: string;
  readonly log: string;
  /** Profiles of the browser that federated sessions sign in with. */
  readonly browser: string;
  /** What a stop could not take away yet. */
  readonly journal: string;
  /** The same, of the Azure CLI's files. */
  readonly azureJournal: string;
  /** A folder for each lease. */
  readonly leases: string;
  /** A configuration folder of the Azure CLI for each session that has leases. */
  readonly azure: string;
}

/** `STINT_HOME` as an absolute path, else the platform's config folder for `stint`. */
export function resolveHome(env: NodeJS.ProcessEnv): string {
  const chosen = env['STINT_HOME'];
  return chosen ? resolve(chosen) : envPaths('stint', { suffix: '' }).config;
}

export function homePaths(home: string): HomePaths {
  return {
    home,
    workspace: join(home, 'workspace.json'),
    backups: join(home, 'backups'),
    socket: join(home, 'agent.sock'),
    pipeName: join(home, 'pipe'),
    agentFile: join(home, 'agent.json'),
    token: join(home, 'token'),
    accessDb: join(home, 'access.db'),
    historyDb: join(home, 'history.db'),
    vault: join(home, 'secrets.vault'),
    log: join(home, 'logs', 'stint.log'),
    browser: join(home, 'browser'),
    journal: join(home, 'cleanup.json'),
    azureJournal: join(home, 'azure-cleanup.json'),
    leases: join(home, 'leases'),
    azure: join(home, 'azure'),
  };
}

/**
 * Makes the home folder for its user alone (0700), tightens a looser one, and removes what a killed
 * owner left half-written. Throws Problem 'file-unwritable' where that cannot be.
 */
export async function prepareHome(home: string): Promise<HomePaths> {
  const paths = homePaths(home);
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const { mode, uid } = await stat(home);
    if (process.getuid) {
      // A shared folder such as /tmp is not ours to close to everybody else.
      if (uid !== process.getuid() || (mode & 0o1000) !== 0) throw notOurs(home);
      if ((mode & 0o077) !== 0) await chmod(home, 0o700);
    }
    for (const folder of [paths.backups, join(home, 'logs')]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    await removeLeftBehind(home);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('file-unwritable', {
      detail: `Stint's folder ${home} cannot be used: ${(cause as Error).message}`,
      next: 'Make the folder writable for your user, or set STINT_HOME to another one.',
      cause,
    });
  }
  return paths;
}

function notOurs(home: string): Problem {
  return new Problem('file-unwritable', {
    detail: `Stint's folder ${home} belongs to another user or is shared.`,
    next: 'Set STINT_HOME to a folder of your own, such as one inside your home folder.',
  });
}

/** Temporary files of processes that are no more. Those of a living one are its own affair. */
async function removeLeftBehind(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = temporaryFilePid(name);
    if (pid !== undefined && !isAlive(pid)) await unlink(join(home, name)).catch(() => undefined);
  }
}

import { chmod, mkdir, readdir, stat, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { Problem } from '../../models/problem.ts';
import { isAlive } from './living-process.ts';
import { temporaryFilePid } from './private-file.ts';
import { fillReserve } from './reserve.ts';

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
  /** The private key by which a browser window recognises the next owner. */
  readonly windowKey: string;
  /** Which OpenID Connect issuer is trusted; a person writes it. */
  readonly issuer: string;
  readonly accessDb: string;
  readonly historyDb: string;
  readonly vault: string;
  readonly log: string;
  /** What was last published about releases. */
  readonly release: string;
  /** Joins the elapsed time of one owner to that of the next. */
  readonly clock: string;
  /** Profiles of the browser that federated sessions sign in with. */
  readonly browser: string;
  /** Profiles of the browser that web consoles are opened with, by session. */
  readonly console: string;
  /** What a stop could not remove yet. */
  readonly journal: string;
  /** The same for the Azure CLI's files. */
  readonly azureJournal: string;
  /** Has a folder per lease. */
  readonly leases: string;
  /** Has a configuration folder of the Azure CLI per session with leases. */
  readonly azure: string;
  /** What the Azure CLI need not make again in the next of these. */
  readonly azureKept: string;
}

/** `STINT_HOME` as an absolute path, otherwise the platform's config folder for `stint`. */
export function resolveHome(env: NodeJS.ProcessEnv): string {
  const chosen = env['STINT_HOME'];
  return chosen ? resolve(chosen) : envPaths('stint', { suffix: '' }).config;
}

/** Whether a program finds the home by itself, whatever shell starts it. */
export function isUsualHome(home: string, env: NodeJS.ProcessEnv): boolean {
  return home === resolveHome({}) && !env['XDG_CONFIG_HOME'];
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
    windowKey: join(home, 'window.key'),
    issuer: join(home, 'issuer.json'),
    accessDb: join(home, 'access.db'),
    historyDb: join(home, 'history.db'),
    vault: join(home, 'secrets.vault'),
    log: join(home, 'logs', 'stint.log'),
    release: join(home, 'release.json'),
    clock: join(home, 'clock.json'),
    browser: join(home, 'browser'),
    console: join(home, 'console'),
    journal: join(home, 'cleanup.json'),
    azureJournal: join(home, 'azure-cleanup.json'),
    leases: join(home, 'leases'),
    azure: join(home, 'azure'),
    azureKept: join(home, 'azure-kept'),
  };
}

/**
 * Creates the home folder for its user alone (0700), tightens the mode of an existing one, and
 * removes temporary files of a killed owner. Throws Problem 'file-unwritable'.
 */
export async function prepareHome(home: string): Promise<HomePaths> {
  const paths = homePaths(home);
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const { mode, uid } = await stat(home);
    if (process.getuid) {
      // A shared folder such as /tmp must not be closed to everybody else.
      if (uid !== process.getuid() || (mode & 0o1000) !== 0) throw notOurs(home);
      if ((mode & 0o077) !== 0) await chmod(home, 0o700);
    }
    for (const folder of [paths.backups, join(home, 'logs')]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    await removeLeftBehind(home);
    await fillReserve(home);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('file-unwritable', {
      detail: `Stint's folder ${home} cannot be used: ${(cause as Error).message}`,
      next: 'Make the folder writable for your user, or set STINT_HOME to another folder.',
      cause,
    });
  }
  return paths;
}

function notOurs(home: string): Problem {
  return new Problem('file-unwritable', {
    detail: `Stint's folder ${home} belongs to another user or is shared.`,
    next: 'Set STINT_HOME to a private folder, such as one inside your home folder.',
  });
}

/** Removes temporary files of processes that have ended; a running one still needs its own. */
async function removeLeftBehind(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = temporaryFilePid(name);
    if (pid !== undefined && !isAlive(pid)) await unlink(join(home, name)).catch(() => undefined);
  }
}

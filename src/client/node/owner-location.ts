import envPaths from 'env-paths';
import { lstatSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import { OwnerFailure } from './owner-failure.ts';

/** Where to reach the owner of the workspace (DESIGN §6). */
export interface OwnerLocation {
  readonly home: string;
  /** Its socket. A path in `agent.json` wins: long homes and Windows pipes have another one. */
  socket(): string;
  /** The owner's client token, new at each of its starts; undefined while its file has none. */
  token(): string | undefined;
}

export function ownerLocation(env: NodeJS.ProcessEnv): OwnerLocation {
  const chosen = env['STINT_HOME'];
  const home = chosen ? resolve(chosen) : envPaths('stint', { suffix: '' }).config;
  return {
    home,
    socket: () => {
      requireOwnHome(home);
      const socket = recordedSocket(join(home, 'agent.json')) ?? join(home, 'agent.sock');
      requireOwnSocket(socket);
      return socket;
    },
    token: () => {
      requireOwnHome(home);
      return readToken(join(home, 'token'));
    },
  };
}

/**
 * Secrets are sent to the socket in the home. Throws OwnerFailure for a home of another
 * user, or a shared folder, where anybody can put one.
 */
function requireOwnHome(home: string): void {
  const uid = process.getuid?.();
  const found = statsOf(() => statSync(home));
  if (uid === undefined || found === undefined) return;
  if (found.uid === uid && (found.mode & 0o1000) === 0) return;
  throw new OwnerFailure(
    'untrusted',
    `Stint's folder ${home} belongs to another user or is shared.`,
    'Set STINT_HOME to a private folder, such as one inside your home folder.',
  );
}

/** The same for a socket that somebody else put into a home that is open to them. */
function requireOwnSocket(socket: string): void {
  const uid = process.getuid?.();
  const found = statsOf(() => lstatSync(socket));
  if (uid === undefined || found === undefined || found.uid === uid) return;
  throw new OwnerFailure(
    'untrusted',
    `The socket ${socket} belongs to another user.`,
    'Remove it, and make its folder private: chmod 700',
  );
}

/** Undefined where nothing is there: then nothing can be sent there either. */
function statsOf(read: () => Stats): Stats | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function recordedSocket(agentFile: string): string | undefined {
  try {
    const { socket } = JSON.parse(read(agentFile) ?? '{}') as { readonly socket?: unknown };
    // Linux has sockets without a file, and so without an owner to check (unix(7), "abstract").
    return typeof socket === 'string' && !socket.includes('\0') ? socket : undefined;
  } catch {
    return undefined;
  }
}

/** The owner writes a file that is damaged or cannot be read again, as soon as it is asked without a token. */
function readToken(file: string): string | undefined {
  try {
    const token = read(file)?.trim() ?? '';
    return /^[\w.-]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined if the file or its folder does not exist. Throws for any other failure. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

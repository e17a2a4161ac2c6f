import envPaths from 'env-paths';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where to reach the owner of the workspace (DESIGN §6). */
export interface OwnerLocation {
  readonly home: string;
  /** Its socket. A path in `agent.json` wins: long homes and Windows pipes have another one. */
  socket(): string;
  /** The owner's client token, new at each of its starts; undefined before the first one. */
  token(): string | undefined;
}

export function ownerLocation(env: NodeJS.ProcessEnv): OwnerLocation {
  const chosen = env['STINT_HOME'];
  const home = chosen ? resolve(chosen) : envPaths('stint', { suffix: '' }).config;
  return {
    home,
    socket: () => recordedSocket(join(home, 'agent.json')) ?? join(home, 'agent.sock'),
    token: () => read(join(home, 'token'))?.trim(),
  };
}

function recordedSocket(agentFile: string): string | undefined {
  try {
    const { socket } = JSON.parse(read(agentFile) ?? '{}') as { readonly socket?: unknown };
    return typeof socket === 'string' ? socket : undefined;
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

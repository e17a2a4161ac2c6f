import envPaths from 'env-paths';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the owner of the workspace is found (DESIGN §6). */
export interface OwnerLocation {
  readonly home: string;
  /** Its socket; what is recorded in `agent.json` wins, as for long paths and Windows pipes. */
  socket(): string;
  /** The owner's client token, renewed at each of its starts; undefined before the first. */
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

/** Throws for any failure but that the file, or its folder, is not there. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

import { startAgent, type AgentOptions } from '../../src/agent/agent.ts';
import { homePaths } from '../../src/services/files/home.ts';
import { remoteOwner } from './remote-owner.ts';
import { inProcessOwner } from './in-process-owner.ts';
import type { OwnerConnection } from './owner-connection.ts';

/**
 * The one way to change owner (DESIGN §2): a running owner of the same or an older version is asked
 * to hand over and its sessions go on here; of a newer one this process becomes a client. Throws the
 * Problems of startAgent.
 */
export async function connectToOwner(
  options: Pick<
    AgentOptions,
    'home' | 'environment' | 'keychain' | 'createSignIn' | 'windowFolder'
  >,
): Promise<OwnerConnection> {
  const start = await startAgent({ ...options, takeOver: 'older-or-same' });
  return start.kind === 'running'
    ? inProcessOwner(start.agent)
    : remoteOwner({ socketPath: start.socketPath, tokenFile: homePaths(options.home).token });
}

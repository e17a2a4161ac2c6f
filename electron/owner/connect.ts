import { startAgent, type AgentOptions } from '../../src/agent/agent.ts';
import { homePaths } from '../../src/services/files/home.ts';
import { remoteOwner } from './remote-owner.ts';
import { inProcessOwner } from './in-process-owner.ts';
import type { OwnerConnection } from './owner-connection.ts';

/**
 * Becomes the owner, or the client of a newer one (DESIGN §2): a running owner of the same or an
 * older version is asked to hand over, and its sessions continue here. Throws the Problems of
 * startAgent.
 */
export async function connectToOwner(
  options: Pick<
    AgentOptions,
    | 'home'
    | 'environment'
    | 'keychain'
    | 'credentialCommand'
    | 'createSignIn'
    | 'windowFolder'
    | 'releases'
  >,
): Promise<OwnerConnection> {
  const start = await startAgent({ ...options, takeOver: 'older-or-same' });
  return start.kind === 'running'
    ? inProcessOwner(start.agent)
    : remoteOwner({ socketPath: start.socketPath, tokenFile: homePaths(options.home).token });
}

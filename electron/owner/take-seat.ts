import { startAgent, type AgentOptions } from '../../src/agent/agent.ts';
import { homePaths } from '../../src/services/home.ts';
import { clientSeat } from './client-seat.ts';
import { ownerSeat } from './owner-seat.ts';
import type { Seat } from './seat.ts';

/**
 * The one way to change owner (DESIGN §2): a running owner of the same or an older version is asked
 * to hand over and its sessions go on here; of a newer one this process becomes a client. Throws the
 * Problems of startAgent.
 */
export async function takeSeat(
  options: Pick<AgentOptions, 'home' | 'environment' | 'keychain' | 'signIn' | 'windowFolder'>,
): Promise<Seat> {
  const start = await startAgent({ ...options, takeOver: 'older-or-same' });
  return start.kind === 'running'
    ? ownerSeat(start.agent)
    : clientSeat({ socketPath: start.socketPath, tokenFile: homePaths(options.home).token });
}

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Overrides } from '../control/contract.ts';

/**
 * What the network does to a request before the service sees it: nothing, or it is slow, dead or
 * torn. `'drop'` asks the server to cut the connection. Rejects when the caller goes away meanwhile.
 */
export async function meetNetwork(
  overrides: Overrides,
  signal: AbortSignal,
): Promise<'through' | 'drop'> {
  if (overrides.latencyMs > 0) await pause(overrides.latencyMs, undefined, { signal });
  if (overrides.dropConnections) return 'drop';
  if (overrides.hang) {
    await once(signal, 'abort');
    return 'drop';
  }
  return 'through';
}

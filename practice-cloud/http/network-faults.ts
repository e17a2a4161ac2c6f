import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knobs } from '../control/contract.ts';

/**
 * What the network does to a request before the service sees it: nothing, or it is slow, dead or
 * torn. `'drop'` asks the server to cut the connection. Rejects when the caller goes away meanwhile.
 */
export async function meetNetwork(knobs: Knobs, signal: AbortSignal): Promise<'through' | 'drop'> {
  if (knobs.latencyMs > 0) await pause(knobs.latencyMs, undefined, { signal });
  if (knobs.dropConnections) return 'drop';
  if (knobs.hang) {
    await once(signal, 'abort');
    return 'drop';
  }
  return 'through';
}

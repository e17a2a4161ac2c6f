import { createClient, type Client } from '../client.ts';
import { ownerLocation } from './owner-location.ts';
import { socketTransport } from './socket-transport.ts';

/**
 * The client of the owner on this machine, over its socket. It reads `agent.json` and `token` for each
 * request, so it outlives a restart of the owner. It starts no agent: a request throws OwnerFailure
 * where none runs.
 */
export function connect({
  home,
  token,
}: {
  /** Stint's home; if omitted `STINT_HOME`, else the platform's usual one. */
  readonly home?: string;
  /** A client token or one of the trusted issuer; the owner's own if omitted. */
  readonly token?: string;
} = {}): Client {
  const location = ownerLocation(home === undefined ? process.env : { STINT_HOME: home });
  return createClient({
    transport: socketTransport(() => location.socket()),
    token: () => token ?? location.token(),
  });
}

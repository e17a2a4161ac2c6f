import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/** Of the answer to CONNECT, in bytes: four times what Node takes of an answer's header elsewhere. */
const longestAnswer = 64 * 1024;

/**
 * An agent whose tunnels bear a proxy that answers CONNECT in many pieces, or without end. Node listens once more for
 * each piece (`establishTunnel` in its lib/https.js), twice as often each time, so that twenty pieces stop the process,
 * and keeps all of them.
 */
export class TunnelAgent extends Agent {
  override createConnection(
    ...parts: Parameters<Agent['createConnection']>
  ): ReturnType<Agent['createConnection']> {
    const socket = super.createConnection(...parts);
    // One without a proxy speaks TLS from the beginning.
    if (socket && !(socket instanceof TLSSocket)) limit(socket);
    return socket;
  }
}

/** Ignores a listener of `readable` that is there already, and ends a connection that says too much. */
function limit(socket: Duplex): void {
  const on = socket.on.bind(socket);
  const read = socket.read.bind(socket);
  let taken = 0;
  Object.assign(socket, {
    on: (event: string, listener: () => void) =>
      event === 'readable' && socket.listeners(event).includes(listener)
        ? socket
        : on(event, listener),
    read: (size?: number) => {
      const piece = read(size) as Buffer | null;
      taken += piece?.length ?? 0;
      if (taken <= longestAnswer) return piece;
      const error = new Error(`The answer to CONNECT is longer than ${longestAnswer} bytes`);
      socket.destroy(Object.assign(error, { code: 'ERR_PROXY_TUNNEL' }));
      // Node reads until there is nothing.
      return null;
    },
  });
}

import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * An agent whose tunnels bear a proxy that answers in many pieces. Node listens once more for each of them
 * (`establishTunnel` in its lib/https.js), twice as often each time, so that twenty pieces stop the process.
 */
export class TunnelAgent extends Agent {
  override createConnection(
    ...parts: Parameters<Agent['createConnection']>
  ): ReturnType<Agent['createConnection']> {
    const socket = super.createConnection(...parts);
    if (socket) listenOnce(socket);
    return socket;
  }
}

/** Ignores a listener of `readable` that is there already. */
function listenOnce(socket: Duplex): void {
  const on = socket.on.bind(socket);
  Object.assign(socket, {
    on: (event: string, listener: () => void) =>
      event === 'readable' && socket.listeners(event).includes(listener)
        ? socket
        : on(event, listener),
  });
}

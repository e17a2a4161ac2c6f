import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from '../tls/certificate-authority.ts';
import { exchange, type Handler } from './exchange.ts';

export interface LoopbackServer {
  readonly url: string;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 only; with a certificate it speaks TLS under the name `localhost`.
 * `port` 0 takes a free one. Rejects when the port is taken.
 */
export async function listenOnLoopback(
  port: number,
  now: () => number,
  handle: Handler,
  certificate?: ServerCertificate,
): Promise<LoopbackServer> {
  const listener = exchange(now, handle);
  const server =
    certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: certificate === undefined ? `http://127.0.0.1:${taken}` : `https://localhost:${taken}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

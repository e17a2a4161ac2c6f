import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ServerCertificate } from '../tls/certificate-authority.ts';
import { exchange, type Handler } from './exchange.ts';
import type { LoopbackServer } from './loopback-server.ts';

/** The handler for a host name behind the proxy. */
export type ProxiedHosts = Readonly<Record<string, Handler>>;

/**
 * An HTTP proxy on 127.0.0.1 (RFC 9110 §9.3.6, CONNECT) that forwards nothing: it answers for the hosts
 * it knows by ending TLS itself, and every other one is refused with 403, so that no request ever
 * leaves the machine. `refused` hears of those.
 */
export async function listenAsProxy(
  now: () => number,
  certificate: ServerCertificate,
  hosts: ProxiedHosts,
  refused: (host: string) => void,
): Promise<LoopbackServer> {
  const servers = new Map<string, Server>(
    Object.entries(hosts).map(([host, handle]) => [
      host,
      createTlsServer(certificate, exchange(now, handle)),
    ]),
  );
  const tunnels = new Set<Duplex>();
  const proxy = createServer((request, response) => {
    const url = request.url ?? '';
    refused(URL.canParse(url) ? new URL(url).host : url);
    response.writeHead(403, { connection: 'close' }).end();
  });
  proxy.on('connect', ({ url = '' }, socket: Duplex, head: Buffer) => {
    tunnels.add(socket);
    // A caller that is gone is not an error of ours.
    socket.on('error', () => undefined).once('close', () => tunnels.delete(socket));
    const server = servers.get(url.toLowerCase().replace(/:443$/, ''));
    if (server === undefined) {
      refused(url);
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    server.emit('connection', socket);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(proxy, 'close');
      proxy.close();
      proxy.closeAllConnections();
      for (const server of servers.values()) server.closeAllConnections();
      for (const tunnel of tunnels) tunnel.destroy();
      await closed;
    },
  };
}

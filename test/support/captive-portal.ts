import { once } from 'node:events';
import { createServer, request as ask, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What the portal of a hotel answers to every request, while nobody has signed in to its network. */
export type PortalAnswer = 'a page' | 'a redirect' | 'status 511';

export interface CaptivePortal {
  /** Where the proxy is that CONNECT is sent to. */
  readonly proxyUrl: string;
  /** The address by which the service of this address is reached through the network. */
  before(service: string): Promise<string>;
  /** Undefined once somebody has signed in to the network. */
  answer: PortalAnswer | undefined;
  /** The paths of the requests that it answered itself, and the hosts of refused tunnels. */
  readonly kept: string[];
  close(): Promise<void>;
}

const page = '<!doctype html><html><body>Welcome to our wireless network</body></html>';
const html = { 'content-type': 'text/html; charset=utf-8' };
const signInPage = 'http://portal.example/sign-in';

/** Wi-Fi with a sign-in page in front of the clouds; tunnels lead to `proxy` once it is open. */
export async function captivePortal(proxy: string): Promise<CaptivePortal> {
  /** Answers in place of the service, or lets `onward` do it. */
  const door = (onward: RequestListener): RequestListener => {
    return (request, response) => {
      const { answer } = portal;
      if (answer === undefined) {
        onward(request, response);
        return;
      }
      portal.kept.push(request.url ?? '');
      request.resume();
      if (answer === 'a page') response.writeHead(200, html).end(page);
      else if (answer === 'a redirect') response.writeHead(302, { location: signInPage }).end();
      // RFC 6585 §6
      else response.writeHead(511, html).end(page);
    };
  };
  const servers: Server[] = [];
  const listen = async (server: Server) => {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const server = createServer(door((_request, response) => response.writeHead(502).end()));
  const tunnels = new Set<Duplex>();
  server.on('connect', ({ url = '' }, socket: Duplex) => {
    tunnels.add(socket);
    socket.on('error', () => undefined).once('close', () => tunnels.delete(socket));
    const { answer } = portal;
    if (answer !== undefined) {
      portal.kept.push(url);
      // It lets the tunnel begin and speaks HTTP where TLS is expected, or answers the request for it.
      if (answer === 'a page') socket.end(`HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${page}`);
      else if (answer === 'a redirect')
        socket.end(`HTTP/1.1 302 Found\r\nLocation: ${signInPage}\r\n\r\n`);
      else socket.end('HTTP/1.1 511 Network Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(proxy);
    const onward = connect(Number(port), hostname, () => {
      onward.write(`CONNECT ${url} HTTP/1.1\r\nHost: ${url}\r\n\r\n`);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  const proxyUrl = await listen(server);
  const portal: CaptivePortal = {
    proxyUrl,
    before: (service) => listen(createServer(door(forwardTo(service)))),
    answer: undefined,
    kept: [],
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await Promise.all(
        servers.map(async (one) => {
          one.close();
          one.closeAllConnections();
          await once(one, 'close');
        }),
      );
    },
  };
  return portal;
}

function forwardTo(service: string): RequestListener {
  const { hostname, port } = new URL(service);
  return (request, response) => {
    const { method, headers, url: path } = request;
    const onward = ask({ host: hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
}

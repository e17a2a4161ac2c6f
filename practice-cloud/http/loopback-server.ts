import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpAnswer, HttpRequest } from './request.ts';

/**
 * Answers one request. `'drop'` cuts the connection without a word; a promise that doesn't settle
 * leaves the caller waiting. `signal` fires when the caller is gone or the server closes.
 */
export type Handler = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer | 'drop'>;

export interface LoopbackServer {
  readonly url: string;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** STS takes no request near this size; it keeps a runaway caller from filling the memory. */
const largestBody = 256 * 1024;

/**
 * Listens on 127.0.0.1 only. `port` 0 takes a free one. `now` (milliseconds) sets the `Date` header
 * (RFC 9110 §6.6.1), so that the practice cloud's clock shows. Rejects when the port is taken.
 */
export async function listenOnLoopback(
  port: number,
  now: () => number,
  handle: Handler,
): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    outgoing.once('close', () => {
      gone.abort();
    });
    const request = await readRequest(incoming).catch(() => undefined);
    if (request === undefined) return;
    const given = await answerUnlessGone(request, gone.signal);
    if (given === 'drop') {
      incoming.socket.destroy();
      return;
    }
    outgoing.sendDate = false;
    outgoing.writeHead(given.status, {
      ...given.headers,
      date: new Date(now()).toUTCString(),
      'content-length': Buffer.byteLength(given.body),
    });
    outgoing.end(given.body);
  }

  async function answerUnlessGone(
    request: HttpRequest | 'too large',
    signal: AbortSignal,
  ): Promise<HttpAnswer | 'drop'> {
    if (request === 'too large') return { status: 413, headers: { connection: 'close' }, body: '' };
    try {
      return await handle(request, signal);
    } catch (error) {
      if (signal.aborted) return 'drop';
      throw error;
    }
  }

  return {
    url: `http://127.0.0.1:${taken}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | 'too large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return 'too large';
    chunks.push(chunk);
  }
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const headers: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    headers.push([String(incoming.rawHeaders[at]), String(incoming.rawHeaders[at + 1])]);
  }
  return {
    method: incoming.method ?? 'GET',
    path,
    query: query.join('?'),
    headers,
    body: Buffer.concat(chunks),
  };
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { HttpAnswer, HttpRequest } from './request.ts';

/**
 * Answers one request. `'drop'` cuts the connection without a word; a promise that stays pending
 * leaves the caller waiting. `signal` fires when the caller is gone or the server closes.
 */
export type Handler = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer | 'drop'>;

/** No service takes a request near this size; it keeps a runaway caller from filling the memory. */
const largestBody = 256 * 1024;

/**
 * Reads each request whole, has it answered and writes the answer. `now` (milliseconds) sets the
 * `Date` header (RFC 9110 §6.6.1), so that the practice cloud's clock shows.
 */
export function exchange(now: () => number, handle: Handler): RequestListener {
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

  return (incoming, outgoing) => {
    void answer(incoming, outgoing);
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

import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ServerTime } from '../clock/server-time.ts';
import { answerTo } from './answer-to.ts';
import { ProxyFailure, throughProxy } from './proxy-failure.ts';
import type { Route } from './route.ts';
import { UnusableAnswer } from './unusable-answer.ts';

/** In milliseconds from the beginning: to distinguish a dead network from a slow one. */
const deadlines = { connected: 5_000, begun: 10_000, complete: 30_000 };

/** The most bytes that an answer may have; a full page of accounts has a tenth of them. */
const longestAnswer = 1_000_000;

export interface CloudRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface CloudAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * One request to a cloud and its answer, for the SDKs of AWS and Azure alike. The answer's `Date` is
 * compared with this machine's clock. Redirects are not followed: the services have none, and what is
 * sent is secret. Throws UnusableAnswer for a redirect, and for an answer that is longer or slower than
 * any of these services is; ProxyFailure; a TimeoutError; what the network throws; the signal's reason.
 */
export async function exchange(
  { url, method, headers, body }: CloudRequest,
  {
    route,
    serverTime,
    signal,
  }: { readonly route: Route; readonly serverTime: ServerTime; readonly signal: AbortSignal },
): Promise<CloudAnswer> {
  signal.throwIfAborted();
  const isHttp = url.protocol === 'http:';
  const options = {
    method,
    headers: { ...headers, 'accept-encoding': 'identity' },
    agent: isHttp ? route.httpAgent : route.httpsAgent,
    signal,
  };
  const request = isHttp ? requestHttp(url, options) : requestHttps(url, options);
  /** Why the request was given up: its reader notices only that the connection is gone. */
  let givenUp: Error | undefined;
  const giveUp = (error: Error) => {
    givenUp = error;
    request.destroy(error);
  };
  const limit = setTimeout(() => {
    giveUp(new UnusableAnswer(url.host, 'it is not complete after 30 seconds'));
  }, deadlines.complete);
  try {
    const answer = await answerInTime(request, body, giveUp);
    const status = answer.statusCode ?? 0;
    // Only a proxy answers that (RFC 9110 §15.5.8).
    if (route.proxy !== undefined && status === 407) {
      throw new ProxyFailure(route.proxy, { code: '', status, cause: undefined });
    }
    refuseForeign(answer, url);
    if (!isPage(answer)) serverTime.observe(answer.headers.date);
    return { status, headers: plain(answer), body: await readAll(answer, url.host) };
  } catch (error) {
    signal.throwIfAborted();
    throw throughProxy(givenUp ?? error, route.proxy);
  } finally {
    clearTimeout(limit);
    // Of an answer that was not read to its end nothing more is wanted.
    if (!request.closed) request.destroy();
  }
}

/** A page for people, such as that of a captive portal: no service here has one, so its clock is another's. */
function isPage({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/html') ?? false;
}

/** Resolves once the answer begins. */
async function answerInTime(
  request: ClientRequest,
  body: string | Uint8Array | undefined,
  giveUp: (error: Error) => void,
): Promise<IncomingMessage> {
  const late = (what: string) => () => {
    giveUp(Object.assign(new Error(what), { name: 'TimeoutError' }));
  };
  const connecting = setTimeout(late('no connection in time'), deadlines.connected);
  const beginning = setTimeout(late('no answer in time'), deadlines.begun);
  request.once('socket', (socket) => {
    if (!socket.connecting) clearTimeout(connecting);
    else socket.once('connect', () => clearTimeout(connecting));
  });
  try {
    return await answerTo(request, body);
  } finally {
    clearTimeout(connecting);
    clearTimeout(beginning);
  }
}

function refuseForeign({ statusCode = 0, headers }: IncomingMessage, { host, href }: URL): void {
  if (statusCode >= 300 && statusCode < 400) {
    const to = URL.parse(headers.location ?? '', href)?.host ?? 'nowhere';
    throw new UnusableAnswer(host, `it redirects to ${to} (HTTP ${statusCode})`);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new UnusableAnswer(host, 'it is compressed, which was not requested');
  }
}

async function readAll(answer: IncomingMessage, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longestAnswer) throw new UnusableAnswer(host, 'it has more than 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plain({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

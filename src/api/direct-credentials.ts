import { Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import type { LeaseRecord } from '../services/leases/lease-record.ts';
import { inRequest } from '../services/log/request-scope.ts';
import type { Services } from '../services/services.ts';
import { notCached } from './app.ts';
import type { ApiEnv, Connection } from './context.ts';
import { leaseToken } from './guards/sdk-endpoint.ts';
import { distrust } from './guards/trusted-request.ts';
import { lentCredentials } from './lent-credentials.ts';
import { containerOperation, forContainer } from './routes/sdk-endpoints.ts';
import { everyHeader } from './window/headers.ts';

/** A request as Node has parsed it, before there is a `Request`. */
export interface RawRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Names and values in turns, unchanged. */
  readonly rawHeaders: readonly string[];
}

/** The body of a 200 and its headers. */
export interface DirectAnswer {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/** One session's endpoint, without anything that would have to be decoded. */
const endpoint = /^\/credentials\/([\w-]+)$/;

/** What an SDK's request never has: a body, a page of a browser that sends it, an id for the log. */
const unusual: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'origin',
  'sec-fetch-site',
  'x-request-id',
]);

/**
 * Answers what AWS SDKs ask again and again, the credentials of a session, without the HTTP app, whose
 * `Request`, `Response` and routing cost several times what the answer does. It knows only success:
 * whatever is unusual, refused or fails is left to the app, which checks again and says why. So each
 * check here is one of the app's, and a missing one would show as an answer that the app does not give
 * (test/contract/direct-credentials.test.ts asks both).
 */
export class DirectCredentials {
  readonly #services: Services;
  #headers: Promise<Readonly<Record<string, string>>> | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Undefined for what the app has to answer. */
  answer(
    { method, url, rawHeaders }: RawRequest,
    { kind, port, namedUid }: Connection,
  ): Promise<DirectAnswer | undefined> | undefined {
    if (method !== 'GET' || kind !== 'tcp' || port === undefined) return undefined;
    const sessionId = endpoint.exec(url ?? '')?.[1];
    if (sessionId === undefined || namedUid !== undefined) return undefined;
    const headers = usualHeaders(rawHeaders);
    if (headers === undefined) return undefined;
    const sent = { host: headers.get('host'), origin: undefined, fetchSite: undefined };
    if (distrust(sent, port) !== undefined) return undefined;
    const token = leaseToken(['authorization'], (name) => headers.get(name));
    if (token === undefined) return undefined;
    return inRequest(randomUUID(), () => this.#answer(sessionId, token));
  }

  async #answer(sessionId: string, token: string): Promise<DirectAnswer | undefined> {
    const { leases, log, metrics, noteRequest, retryKeychain } = this.#services;
    const began = performance.now();
    await noteRequest({ isUse: false });
    await retryKeychain();
    const lease = leases.holder(token, sessionId);
    if (lease === undefined || lease.narrowing !== undefined) return undefined;
    const body = await this.#credentials(lease);
    if (body === undefined) return undefined;
    const headers = await (this.#headers ??= headersOfAnswers());
    const seconds = (performance.now() - began) / 1000;
    metrics.noteRequest({ operation: containerOperation, seconds });
    log.info(`api.${containerOperation}`, { status: 200, sessionId, by: lease.leaseId });
    return { headers: { ...headers, 'content-length': Buffer.byteLength(body) }, body };
  }

  /** Undefined where the app gives the reason why there are none. */
  async #credentials(lease: LeaseRecord): Promise<string | undefined> {
    try {
      return JSON.stringify(forContainer(await lentCredentials(this.#services, lease)));
    } catch {
      return undefined;
    }
  }
}

/** By their names in lower case; undefined where one is unusual or comes twice. */
function usualHeaders(raw: readonly string[]): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    if (unusual.has(name) || headers.has(name)) return undefined;
    headers.set(name, raw[at + 1] ?? '');
  }
  return headers;
}

/** What the app's own middleware puts on an answer with JSON. */
async function headersOfAnswers(): Promise<Readonly<Record<string, string>>> {
  const app = new Hono<ApiEnv>().use(everyHeader, notCached).get('/', (c) => c.json({}));
  const { headers } = await app.request('/');
  return Object.fromEntries([...headers].filter(([name]) => name !== 'content-length'));
}

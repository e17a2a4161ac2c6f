import { Problem, problemCodeOf, type ProblemDocument } from '../models/problem.ts';
import { readEvents, type ReceivedEvent } from './event-stream.ts';
import type { components, paths } from './openapi.ts';
import type { AnswerOf, CallOptions, Method, PathFor } from './routes.ts';
import type { ClientResponse, Transport } from './transport.ts';

export type Schemas = components['schemas'];

/** The typed client that the window, the tray, the command and the tests use. */
export interface Client {
  /**
   * Throws the Problem that the owner answered, Problem 'internal' for an answer that is not from
   * Stint, and what the transport throws if nobody answers.
   */
  request<M extends Method, P extends PathFor<M>>(
    method: M,
    path: P,
    ...options: Partial<CallOptions<M, P>> extends CallOptions<M, P>
      ? [CallOptions<M, P>?]
      : [CallOptions<M, P>]
  ): Promise<AnswerOf<M, P>>;
  /** What changes from now on, or after `lastEventId`, until the stream or the signal ends. */
  events(options?: {
    readonly signal?: AbortSignal;
    readonly lastEventId?: string | undefined;
    /** Called for every event and comment, so also for what only keeps the stream alive. */
    readonly onSign?: () => void;
  }): AsyncIterable<ReceivedEvent>;
}

/** `token`: read for each request, so that one renewed meanwhile is used; undefined sends none. */
export function createClient({
  transport,
  token,
}: {
  readonly transport: Transport;
  readonly token: () => string | undefined;
}): Client {
  const authorization = (): Record<string, string> => {
    const current = token();
    return current === undefined ? {} : { authorization: `Bearer ${current}` };
  };
  return {
    async request(method, path, ...[options]) {
      const { body, ifRevision, signal, ...address } = (options ?? {}) as AnyOptions;
      const response = await transport({
        method,
        path: addressOf(path, address),
        headers: {
          ...authorization(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(ifRevision === undefined ? {} : { 'if-match': `"${ifRevision}"` }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      });
      return (await answerOf(response)) as never;
    },
    async *events({ signal, lastEventId, onSign } = {}) {
      const response = await transport({
        method: 'GET',
        path: '/v1/events',
        headers: {
          ...authorization(),
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
        signal,
      });
      if (response.status !== 200) await answerOf(response);
      yield* readEvents(response.text, onSign);
    },
  };
}

type Query = string | number | boolean | undefined;

interface AnyOptions {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, Query | readonly Query[]>>;
  readonly body?: unknown;
  readonly ifRevision?: number;
  readonly signal?: AbortSignal;
}

function addressOf(path: keyof paths, { path: values = {}, query = {} }: AnyOptions): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) search.append(name, String(one));
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}

async function answerOf({ status, text }: ClientResponse): Promise<unknown> {
  let body = '';
  for await (const piece of text) body += piece;
  if (status >= 200 && status < 300) return body === '' ? undefined : (JSON.parse(body) as unknown);
  throw problemOf(status, body);
}

/** The Problem that an answer without success says; `internal` for one that is not from Stint. */
export function problemOf(status: number, body: string): Problem {
  try {
    const document = JSON.parse(body) as ProblemDocument;
    const code = problemCodeOf(document.type);
    if (code !== undefined) return new Problem(code, document);
  } catch {
    // Not a problem document: said below.
  }
  return new Problem('internal', {
    detail: `Stint answered with status ${status} and a body that this version does not understand.`,
    next: 'Check that command, window and agent have the same version: stint doctor',
  });
}

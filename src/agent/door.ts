import type { Api, Connection, DirectAnswer, RawRequest } from '../api/api.ts';
import type { Problem } from '../models/problem.ts';
import type { Lifecycle } from './lifecycle.ts';

/**
 * Where requests come in. They wait until the owner has reconciled; only the question who owns the
 * workspace is answered at once, since another process may be asking it.
 */
export class Door {
  readonly #opened = Promise.withResolvers<Api>();
  #api: Api | undefined;
  readonly #lifecycle: Lifecycle;
  readonly #owner: { readonly pid: number; readonly version: string };

  constructor(options: {
    readonly owner: { readonly pid: number; readonly version: string };
    readonly lifecycle: Lifecycle;
  }) {
    this.#owner = options.owner;
    this.#lifecycle = options.lifecycle;
    this.#opened.promise.catch(() => undefined);
  }

  open(api: Api): void {
    this.#api = api;
    this.#opened.resolve(api);
  }

  /** Requests that wait get `error`. */
  fail(error: unknown): void {
    this.#opened.reject(error);
  }

  /** As `Api.direct`; undefined too while requests wait or are refused. */
  direct(
    request: RawRequest,
    connection: Connection,
  ): Promise<DirectAnswer | undefined> | undefined {
    return this.#lifecycle.phase === 'ended' ? undefined : this.#api?.direct(request, connection);
  }

  async fetch(request: Request, connection: Connection): Promise<Response> {
    if (connection.kind === 'socket' && new URL(request.url).pathname === '/v1/healthz') {
      const { pid, version } = this.#owner;
      return Response.json({ status: 'ok', version, pid });
    }
    const api = await this.#opened.promise;
    return this.#lifecycle.phase === 'ended'
      ? ending(this.#lifecycle)
      : await api.fetch(request, connection);
  }
}

/** Files and databases are being closed. */
function ending({ signal }: Lifecycle): Response {
  const problem = signal.reason as Problem;
  return Response.json(problem.toDocument(), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

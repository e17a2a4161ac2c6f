/** One request as the client makes it; `path` carries the query. */
export interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ClientResponse {
  readonly status: number;
  /** The body as it comes in, decoded. Leaving the loop early ends the request. */
  readonly text: AsyncIterable<string> | Iterable<string>;
}

/** How requests reach the HTTP app: a socket, loopback, or the app itself in this process. */
export type Transport = (request: ClientRequest) => Promise<ClientResponse>;

/** A transport over `fetch`. `origin`: where the app is, such as that of the window's page. */
export function fetchTransport(
  fetch: (request: Request) => Promise<Response>,
  origin: string,
): Transport {
  return async ({ method, path, headers, body = null, signal = null }) => {
    const answer = await fetch(
      new Request(new URL(path, origin), { method, headers, body, signal }),
    );
    return { status: answer.status, text: decoded(answer.body, signal) };
  };
}

async function* decoded(
  body: ReadableStream<Uint8Array> | null,
  signal: AbortSignal | null,
): AsyncGenerator<string> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  // Real fetch breaks the body off by itself; an app that is called as a function does not.
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    // If the reader left early, the stream at the other end has to end too.
    await reader.cancel().catch(() => undefined);
  }
}

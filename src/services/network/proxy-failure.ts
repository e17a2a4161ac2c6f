/** A request that failed at the proxy it goes through, or on the way to it. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  /** Without its name and password. */
  readonly proxy: string;
  /** Of the network, such as ECONNREFUSED. */
  readonly code: string;
  /** What the proxy answered, if it did. */
  readonly status: number | undefined;

  constructor(
    proxy: string,
    { code, status, cause }: { code: string; status: number | undefined; cause: unknown },
  ) {
    super(`The proxy at ${proxy} failed`, { cause });
    this.proxy = proxy;
    this.code = code;
    this.status = status;
  }
}

/** Codes of a connection that was not made: behind a proxy it is the one to the proxy. */
const notConnected = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_PROXY_TUNNEL',
  'ETIMEDOUT',
]);

/**
 * A ProxyFailure for a network error that comes from the proxy of a request, else the error itself.
 * What the proxy answered to CONNECT is in the message of Node's error.
 */
export function throughProxy(error: unknown, proxy: string | undefined): unknown {
  if (proxy === undefined || !(error instanceof Error)) return error;
  const { name, message } = error;
  const [, answered] = /Failed to establish tunnel .*: HTTP\/\S+ (\d{3})/.exec(message) ?? [];
  const status = answered === undefined ? undefined : Number(answered);
  const { code } = error as { readonly code?: unknown };
  const said = name === 'TimeoutError' ? 'ETIMEDOUT' : typeof code === 'string' ? code : '';
  if (status === undefined && !notConnected.has(said)) return error;
  return new ProxyFailure(proxy, { code: said, status, cause: error });
}

/** The headers that show where a request over TCP comes from. */
export interface Provenance {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site (W3C Fetch Metadata). */
  readonly fetchSite: string | undefined;
}

/**
 * Why a request over loopback TCP is not trusted, or undefined if it is. A page of another site can
 * make a browser send requests to our port: under another name (DNS rebinding, seen in `Host`), or
 * across sites (`Origin`, `Sec-Fetch-Site`). A missing `Origin` proves nothing, and the port counts:
 * another local server is another site. The token is checked after this, not instead of it.
 */
export function distrust(
  { host, origin, fetchSite }: Provenance,
  port: number,
): string | undefined {
  const names = ['127.0.0.1', '[::1]', 'localhost'].map((name) => `${name}:${port}`);
  if (host === undefined || !names.includes(host.toLowerCase())) {
    return 'its Host header does not name this port of this machine';
  }
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) {
    return 'its Origin header names another site';
  }
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    return 'a browser sent it for a page of another site';
  }
  return undefined;
}

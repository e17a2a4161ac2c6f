import { sendingPage } from '../http/form-page.ts';
import type { HttpAnswer } from '../http/request.ts';

/*
 * Where answers may be sent to, and how. Source: "Redirect URI (reply URL) restrictions and
 * limitations", section "Localhost exceptions" (RFC 8252 §7.3): on `http://localhost` and
 * `http://127.0.0.1` any port will do; elsewhere the whole address has to be the registered one.
 */

export type ResponseMode = 'query' | 'fragment' | 'form_post';

export function isRegisteredRedirect(registered: readonly string[], uri: string): boolean {
  return URL.canParse(uri) && registered.some((one) => isSame(new URL(one), new URL(uri)));
}

function isSame(registered: URL, asked: URL): boolean {
  if (registered.href === asked.href) return true;
  const isLoopback =
    registered.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(registered.hostname);
  if (!isLoopback) return false;
  const anyPort = new URL(asked);
  anyPort.port = registered.port;
  return anyPort.href === registered.href;
}

/** "OAuth 2.0 authorization code flow": `response_mode`. */
export function goBack(
  redirectUri: string,
  mode: ResponseMode,
  fields: Readonly<Record<string, string | undefined>>,
): HttpAnswer {
  const given = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  if (mode === 'form_post') return sendingPage('Working…', redirectUri, given, 'Continue');
  const url = new URL(redirectUri);
  if (mode === 'fragment') {
    url.hash = new URLSearchParams(given).toString();
  } else {
    for (const [name, value] of Object.entries(given)) url.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: '' };
}

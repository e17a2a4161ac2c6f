import { proxyExceptions, type ProxyException } from '../network/no-proxy.ts';
import { originOf, proxyFor, type NetworkSettings, type Proxies } from '../network/route.ts';

/** The proxy of a sign-in browser, as Chromium takes it; name and password are never on a command line. */
export interface BrowserProxy {
  /** Scheme, host and port. */
  readonly server: string;
  /** Rules for what goes past it, separated by commas. */
  readonly bypass: string;
  readonly username?: string;
  readonly password?: string;
}

/** Addresses of this machine, which browsers never ask a proxy for. */
const thisMachine = ['localhost', '*.localhost', '127.0.0.0/8', '[::1]'];

/** The proxy that requests to identity providers go through: they are at https URLs. */
export function browserProxy(
  settings: NetworkSettings,
  proxies: Proxies,
): BrowserProxy | undefined {
  const { noProxy, ...always } = settings;
  const proxy = proxyFor('https://any.invalid', always, proxies);
  if (proxy === undefined) return undefined;
  const { username, password } = new URL(proxy);
  return {
    server: originOf(proxy),
    // Playwright would add the first, which sends this machine's own addresses to the proxy.
    bypass: ['<-loopback>', ...thisMachine, ...proxyExceptions(noProxy).flatMap(rulesFor)].join(
      ',',
    ),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  };
}

/** Chromium, "Proxy support in Chrome", Proxy bypass rules: there a name alone means only itself. */
function rulesFor({ kind, value, port }: ProxyException): readonly string[] {
  const at = port === undefined ? '' : `:${port}`;
  switch (kind) {
    case 'all':
      return ['*'];
    case 'domain':
      return [`${value}${at}`, `*.${value}${at}`];
    case 'address':
      return [value.includes(':') ? `[${value}]${at}` : `${value}${at}`];
    case 'network':
      return [value];
  }
}

import { BlockList, isIP } from 'node:net';

/**
 * Whether a list of exceptions (`NO_PROXY`) lets a URL go past the proxy, read as curl
 * (`Curl_check_noproxy`) and Python's requests (`should_bypass_proxies`) read it:
 *
 * - entries are separated by commas or blanks, in any case, and `*` means every host;
 * - a name means that host and every host below it, with a leading dot or `*.` or without;
 * - an address means itself, `10.0.0.0/8` or `fd00::/8` every address in it; IPv6 with or without
 *   brackets;
 * - with a port (`host:8443`, `[::1]:8443`) it means that port alone.
 */
export function bypassesProxy(noProxy: string | undefined, url: string | URL): boolean {
  const { hostname, port, protocol } = new URL(url);
  const host = plainHost(hostname);
  const usedPort = port || (protocol === 'http:' ? '80' : '443');
  return exceptionsIn(noProxy).some((exception) => {
    if (exception.port !== undefined && exception.port !== usedPort) return false;
    return exception.matches(host);
  });
}

/** One entry: a host, domain or network, and the one port it is meant for, if any. */
export interface ProxyException {
  readonly kind: 'all' | 'domain' | 'address' | 'network';
  /** Lower case, without brackets, leading dots or `*.`. */
  readonly value: string;
  readonly port: string | undefined;
}

/** The entries of a list. One that means nothing is ignored. */
export function proxyExceptions(noProxy: string | undefined): readonly ProxyException[] {
  return (noProxy ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .flatMap((entry) => parse(entry) ?? []);
}

function exceptionsIn(noProxy: string | undefined) {
  return proxyExceptions(noProxy).map((exception) => ({
    port: exception.port,
    matches: matcherOf(exception),
  }));
}

function parse(entry: string): ProxyException | undefined {
  if (entry === '') return undefined;
  if (entry === '*') return { kind: 'all', value: '*', port: undefined };
  const network = /^\[?([\d.:a-f]+)\]?\/(\d{1,3})$/.exec(entry);
  if (network !== null) {
    const [, address = '', bits = ''] = network;
    const family = isIP(address);
    if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return undefined;
    return { kind: 'network', value: `${address}/${Number(bits)}`, port: undefined };
  }
  if (isIP(entry) === 6) return { kind: 'address', value: entry, port: undefined };
  const [, written = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  const value = plainHost(written).replace(/^(\*?\.)+/, '');
  if (value === '') return undefined;
  return { kind: isIP(value) === 0 ? 'domain' : 'address', value, port };
}

function matcherOf({ kind, value }: ProxyException): (host: string) => boolean {
  switch (kind) {
    case 'all':
      return () => true;
    case 'domain':
      return (host) => host === value || (isIP(host) === 0 && host.endsWith(`.${value}`));
    case 'address':
    case 'network': {
      const list = new BlockList();
      const [address = '', bits = isIP(value) === 6 ? '128' : '32'] = value.split('/');
      list.addSubnet(address, Number(bits), familyOf(address));
      return (host) => isIP(host) !== 0 && list.check(host, familyOf(host));
    }
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Without brackets and the dot of the root. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

import { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { Settings } from '../../models/settings.ts';
import { readCertificates } from './certificates.ts';
import { bypassesProxy } from './no-proxy.ts';
import { TunnelAgent } from './tunnel-agent.ts';

/** Proxies of the environment. They may contain a password, so the workspace never holds them. */
export interface Proxies {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
}

/** The settings that decide about the way of a request. */
export type NetworkSettings = Pick<Settings, 'httpProxy' | 'httpsProxy' | 'noProxy' | 'caBundle'>;

/** How requests to one host leave this machine. */
export interface Route {
  /** The proxy they go through, without its name and password. */
  readonly proxy: string | undefined;
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Ends its sockets. */
  close(): void;
}

/**
 * The proxy of the settings for a URL, else that of the environment; undefined where `noProxy` excepts
 * its host. A setting holds no password: that of the same proxy in the environment is used.
 */
export function proxyFor(
  url: string,
  { httpProxy, httpsProxy, noProxy }: NetworkSettings,
  proxies: Proxies,
): string | undefined {
  const [setting, ofEnvironment] =
    new URL(url).protocol === 'http:' ? [httpProxy, proxies.http] : [httpsProxy, proxies.https];
  if (bypassesProxy(noProxy, url)) return undefined;
  if (setting === undefined) return ofEnvironment;
  const same = ofEnvironment !== undefined && originOf(ofEnvironment) === originOf(setting);
  return same ? ofEnvironment : setting;
}

/** Scheme, host and port: without name and password. */
export function originOf(proxy: string): string {
  return new URL(proxy).origin;
}

/**
 * The way to the host of a URL: past or through the proxy, with the certificates of the settings.
 * Throws Problem 'file-unreadable' for certificates that cannot be read.
 */
export function routeTo(url: string, settings: NetworkSettings, proxies: Proxies): Route {
  const proxy = proxyFor(url, settings, proxies);
  const options = {
    keepAlive: true,
    maxSockets: 50,
    // Node's own reading of NO_PROXY is another one: this decision is made already.
    proxyEnv: proxy === undefined ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy },
  };
  const { caBundle } = settings;
  const httpAgent = new HttpAgent(options);
  const httpsAgent = new TunnelAgent({
    ...options,
    ...(caBundle === undefined ? {} : { ca: [...rootCertificates, ...readCertificates(caBundle)] }),
  });
  return {
    proxy: proxy === undefined ? undefined : originOf(proxy),
    httpAgent,
    httpsAgent,
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

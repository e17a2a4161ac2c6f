import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { Problem } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';

/** Proxies of the environment. They may contain a password, so the workspace never holds them. */
export interface Proxies {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
}

/**
 * How requests to AWS leave this machine: through the proxy and with the certificates of the
 * settings, and with deadlines, to distinguish a dead network from a slow one. Each SDK client needs
 * its own, and closes its sockets. Throws Problem 'file-unreadable' for a missing bundle of
 * certificates.
 */
export function requestHandler(settings: Settings, proxies: Proxies) {
  const { httpProxy = proxies.http, httpsProxy = proxies.https, noProxy, caBundle } = settings;
  const options = {
    keepAlive: true,
    maxSockets: 50,
    proxyEnv: {
      ...(httpProxy === undefined ? {} : { HTTP_PROXY: httpProxy }),
      ...(httpsProxy === undefined ? {} : { HTTPS_PROXY: httpsProxy }),
      ...(noProxy === undefined ? {} : { NO_PROXY: noProxy }),
    },
  };
  return {
    connectionTimeout: 5_000,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(options),
    httpsAgent: new HttpsAgent({
      ...options,
      ...(caBundle === undefined ? {} : { ca: [...rootCertificates, readBundle(caBundle)] }),
    }),
  };
}

function readBundle(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Problem('file-unreadable', {
      detail: `The certificates in ${file} cannot be read: ${(cause as Error).message}`,
      next: 'Correct the path: stint settings set caBundle FILE, or stint settings unset caBundle',
      cause,
    });
  }
}

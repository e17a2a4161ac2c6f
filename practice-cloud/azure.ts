import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allClouds, type Cloud } from './entra/clouds.ts';
import { answerPages } from './entra/pages-service.ts';
import { cloudsOf, type EntraEndpoint } from './entra/endpoint.ts';
import { answerEntra } from './entra/service.ts';
import type { Handler } from './http/exchange.ts';
import { listenAsProxy } from './http/forward-proxy.ts';
import { listenOnLoopback, type LoopbackServer } from './http/loopback-server.ts';
import { meetNetwork } from './http/network-faults.ts';
import type { HttpAnswer, HttpRequest } from './http/request.ts';
import { answerResourceManager } from './resource-manager/service.ts';
import type { CloudState } from './state.ts';
import { regionalHosts } from './identity-center/regional.ts';
import { CertificateAuthority } from './tls/certificate-authority.ts';

/** The addresses of the practice Azure. */
export interface AzureEndpoints {
  /** Authority host, `https://localhost:PORT`: for `AZURE_AUTHORITY_HOST`. */
  readonly entraEndpoint: string;
  /** `https://localhost:PORT`, instead of `https://management.azure.com`. */
  readonly resourceManagerEndpoint: string;
  /** The sign-in pages again, in plain http on loopback, for browsers that don't trust our CA. */
  readonly entraPagesEndpoint: string;
  /**
   * For `HTTPS_PROXY`: answers for Microsoft's own host names and for Identity Center in two regions, and
   * refuses every other one.
   */
  readonly azureProxy: string;
  /** PEM of the CA that all of these are signed by: `NODE_EXTRA_CA_CERTS`, `REQUESTS_CA_BUNDLE`. */
  readonly azureCaFile: string;
}

type Answer = (request: HttpRequest) => Promise<HttpAnswer>;

/** Starts Entra ID and Resource Manager, directly and behind the proxy. */
export async function startAzure(
  state: CloudState,
): Promise<{ readonly endpoints: AzureEndpoints; readonly close: () => Promise<void> }> {
  const { overrides, now } = state;
  const authority = await CertificateAuthority.create();
  const hosts = allClouds.flatMap((cloud) => [...cloud.signInHosts, ...cloud.resourceManagerHosts]);
  const identityCenter = regionalHosts(state);
  const certificate = await authority.issue([
    'localhost',
    '127.0.0.1',
    ...hosts,
    ...Object.keys(identityCenter),
  ]);
  const meeting =
    (answer: Answer): Handler =>
    async (request, signal) => {
      const passage = await meetNetwork(overrides.current, signal);
      return passage === 'drop' ? passage : await answer(request);
    };
  const entraAt = (origin: string, cloud?: Cloud): EntraEndpoint => ({
    origin,
    clouds: cloudsOf(cloud),
    pagesOrigin: pages.url,
  });

  const pages: LoopbackServer = await listenOnLoopback(0, now, (request) =>
    Promise.resolve(answerPages(request, entraAt(pages.url), state)),
  );
  const entra: LoopbackServer = await listenOnLoopback(
    0,
    now,
    meeting((request) => answerEntra(request, entraAt(entra.url), state)),
    certificate,
  );
  const manager: LoopbackServer = await listenOnLoopback(
    0,
    now,
    meeting((request) => {
      const endpoint = { origin: manager.url, entraOrigin: entra.url, clouds: allClouds };
      return answerResourceManager(request, endpoint, state);
    }),
    certificate,
  );
  const proxied = allClouds.flatMap((cloud): readonly (readonly [string, Handler])[] => {
    const entraOrigin = `https://${String(cloud.signInHosts[0])}`;
    return [
      ...cloud.signInHosts.map((host) => {
        const endpoint = entraAt(`https://${host}`, cloud);
        return [host, meeting((request) => answerEntra(request, endpoint, state))] as const;
      }),
      ...cloud.resourceManagerHosts.map((host) => {
        const endpoint = { origin: `https://${host}`, entraOrigin, clouds: [cloud] };
        return [
          host,
          meeting((request) => answerResourceManager(request, endpoint, state)),
        ] as const;
      }),
    ];
  });
  const proxy = await listenAsProxy(
    now,
    certificate,
    { ...identityCenter, ...Object.fromEntries(proxied) },
    (host) => {
      const time = new Date(now()).toISOString();
      state.calls.add({ time, action: `proxy:${host}`, error: 'Forbidden' });
    },
  );

  const folder = await mkdtemp(join(tmpdir(), 'practice-cloud-'));
  const azureCaFile = join(folder, 'ca.pem');
  await writeFile(azureCaFile, authority.pem);
  return {
    endpoints: {
      entraEndpoint: entra.url,
      resourceManagerEndpoint: manager.url,
      entraPagesEndpoint: pages.url,
      azureProxy: proxy.url,
      azureCaFile,
    },
    async close() {
      await Promise.all([pages.close(), entra.close(), manager.close(), proxy.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

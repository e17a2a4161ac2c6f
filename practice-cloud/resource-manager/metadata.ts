import { allClouds, type Cloud } from '../entra/clouds.ts';
import type { ManagerEndpoint } from './endpoint.ts';

/** By cloud, as `az cloud list` shows them. */
const suffixes = {
  AzureCloud: { storage: 'core.windows.net', keyVaultDns: 'vault.azure.net' },
  AzureUSGovernment: { storage: 'core.usgovcloudapi.net', keyVaultDns: 'vault.usgovcloudapi.net' },
  AzureChinaCloud: { storage: 'core.chinacloudapi.cn', keyVaultDns: 'vault.azure.cn' },
} as const;

/**
 * `GET /metadata/endpoints`: the clouds and where they are; asked without a token. A loopback address
 * knows itself only, under the name of the public cloud, so that nobody is sent away from it.
 * Source: azure-cli and Terraform's `metadata_host`, which read it (no page documents it).
 */
export function metadataEndpoints(endpoint: ManagerEndpoint): readonly object[] {
  const isMicrosofts = endpoint.clouds.length === 1;
  if (isMicrosofts) {
    return allClouds.map((cloud) =>
      describe(
        cloud,
        `https://${String(cloud.resourceManagerHosts[0])}`,
        `https://${String(cloud.signInHosts[0])}`,
      ),
    );
  }
  const [first] = allClouds;
  return first === undefined ? [] : [describe(first, endpoint.origin, endpoint.entraOrigin)];
}

function describe(cloud: Cloud, resourceManager: string, loginEndpoint: string): object {
  return {
    name: cloud.name,
    portal: cloud.portal,
    authentication: {
      loginEndpoint,
      audiences: cloud.resources.resourceManager.map((name) => `${name}/`).reverse(),
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager: `${resourceManager}/`,
    microsoftGraphResourceId: `${String(cloud.resources.graph[0])}/`,
    suffixes: suffixes[cloud.name],
  };
}

import * as z from 'zod';
import type { AzureCloud } from './azure-cloud.ts';

/** The API server of clusters that sign in with Entra ID (kubelogin), the same in every cloud. */
const kubernetes = '6dae42f8-4368-4678-94ff-3960e28e3630';

/**
 * Resource Manager by its newer name, Key Vault, Storage, Graph, SQL and the open-source databases
 * (`az cloud list`; Microsoft Learn, "National clouds"; Azure China, "Check endpoints in Azure").
 * Storage has one name everywhere ("Authorize access to blobs using Microsoft Entra ID").
 */
const addresses: Readonly<Record<AzureCloud['name'], readonly string[]>> = {
  AzureCloud: [
    'https://management.azure.com',
    'https://vault.azure.net',
    'https://storage.azure.com',
    'https://graph.microsoft.com',
    'https://database.windows.net',
    'https://ossrdbms-aad.database.windows.net',
    kubernetes,
  ],
  AzureUSGovernment: [
    'https://management.usgovcloudapi.net',
    'https://vault.usgovcloudapi.net',
    'https://storage.azure.com',
    'https://graph.microsoft.us',
    'https://database.usgovcloudapi.net',
    'https://ossrdbms-aad.database.usgovcloudapi.net',
    kubernetes,
  ],
  AzureChinaCloud: [
    'https://management.chinacloudapi.cn',
    'https://vault.azure.cn',
    'https://storage.azure.com',
    'https://microsoftgraph.chinacloudapi.cn',
    'https://database.chinacloudapi.cn',
    'https://ossrdbms-aad.database.chinacloudapi.cn',
    kubernetes,
  ],
  // The Azure CLI's files know no private cloud; there the endpoint answers for any resource.
  custom: [],
};

/** Resources by address or application id, separated by commas. */
export const resourceListSchema = z
  .string()
  .max(4096)
  .regex(
    /^ *[!-+\--~]{1,1024}( *, *[!-+\--~]{1,1024})* *$/,
    'must be addresses or ids, separated by commas',
  );

/**
 * What a run has tokens for besides Resource Manager under its older name, each once: programs can
 * read these from files of the Azure CLI. `more`: a list of the user's own, as in the settings.
 */
export function resourcesOf(cloud: AzureCloud, more = ''): readonly string[] {
  const usual = addresses[cloud.name];
  if (cloud.name === 'custom') return usual;
  const own = more.split(',').map((one) => one.trim().replace(/\/+$/, ''));
  const first = cloud.managementResource.replace(/\/+$/, '');
  return [...new Set([...usual, ...own])].filter((one) => one !== '' && one !== first);
}

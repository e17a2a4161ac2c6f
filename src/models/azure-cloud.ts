/** One of Azure's clouds: where people sign in, and where its Resource Manager is. */
export interface AzureCloud {
  /** As the Azure CLI names it; `custom` for a private one. */
  readonly name: 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud' | 'custom';
  /** Without a slash at its end. */
  readonly authorityHost: string;
  readonly resourceManagerUrl: string;
  /** The web portal; undefined for private clouds. */
  readonly portal?: string;
  /** What tokens for Resource Manager are asked for, as the Azure CLI does; with its slash. */
  readonly managementResource: string;
}

/**
 * Microsoft Learn, "National clouds", "Microsoft Entra authentication endpoints", and `az cloud
 * list`. The China cloud has two names for the same authority.
 */
const publicCloud: AzureCloud = {
  name: 'AzureCloud',
  authorityHost: 'https://login.microsoftonline.com',
  portal: 'https://portal.azure.com',
  resourceManagerUrl: 'https://management.azure.com',
  managementResource: 'https://management.core.windows.net/',
};
const china: AzureCloud = {
  name: 'AzureChinaCloud',
  authorityHost: 'https://login.chinacloudapi.cn',
  portal: 'https://portal.azure.cn',
  resourceManagerUrl: 'https://management.chinacloudapi.cn',
  managementResource: 'https://management.core.chinacloudapi.cn/',
};
export const azureClouds: readonly AzureCloud[] = [
  publicCloud,
  {
    name: 'AzureUSGovernment',
    authorityHost: 'https://login.microsoftonline.us',
    portal: 'https://portal.azure.us',
    resourceManagerUrl: 'https://management.usgovcloudapi.net',
    managementResource: 'https://management.core.usgovcloudapi.net/',
  },
  china,
  { ...china, authorityHost: 'https://login.partner.microsoftonline.cn' },
];

/**
 * The cloud that signs in at `authorityHost` (an https URL; the public cloud's where undefined).
 * `resourceManagerUrl` counts for private clouds, and where it is set, for every other one too.
 */
export function azureCloudAt(
  authorityHost: string | undefined,
  resourceManagerUrl?: string,
): AzureCloud {
  const host = authorityHost?.replace(/\/+$/, '').toLowerCase() ?? publicCloud.authorityHost;
  const known = azureClouds.find((cloud) => cloud.authorityHost === host);
  const elsewhere =
    resourceManagerUrl === undefined
      ? {}
      : { resourceManagerUrl: resourceManagerUrl.replace(/\/+$/, '') };
  if (known !== undefined) return { ...known, ...elsewhere };
  const { portal: _, ...unlikePublic } = publicCloud;
  return { ...unlikePublic, ...elsewhere, name: 'custom', authorityHost: host };
}

/** The page of a subscription in a portal, in its tenant (Microsoft Learn, "Azure portal", deep links). */
export function portalPage(
  portal: string,
  { tenantId, subscriptionId }: { readonly tenantId: string; readonly subscriptionId: string },
): string {
  return `${portal.replace(/\/+$/, '')}/#@${tenantId}/resource/subscriptions/${subscriptionId}/overview`;
}

/**
 * The cloud that a location belongs to, by its name (Microsoft Learn, "Azure geographies"; `az
 * account list-locations` in each cloud).
 */
const locationsOf: readonly (readonly [AzureCloud['name'], RegExp, string])[] = [
  ['AzureChinaCloud', /^china/, 'chinanorth3'],
  ['AzureUSGovernment', /^us(gov|dod)/, 'usgovvirginia'],
  ['AzureCloud', /^/, 'eastus'],
];

/** `usual` where it is in `cloud`, else a location of that cloud. Nothing is known of private ones. */
export function locationFor({ name }: AzureCloud, usual: string): string {
  if (name === 'custom') return usual;
  const [cloudOfUsual] = locationsOf.find(([, pattern]) => pattern.test(usual)) ?? [];
  if (cloudOfUsual === name) return usual;
  return locationsOf.find(([cloud]) => cloud === name)?.[2] ?? usual;
}

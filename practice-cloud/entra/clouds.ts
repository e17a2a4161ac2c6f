/*
 * Azure's clouds. Source: Microsoft Entra documentation "National clouds" (authentication endpoints,
 * Graph) and "Compare Azure Government and global Azure"; Azure China documentation "Developer guide:
 * endpoints" for the China names.
 */

export const cloudNames = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'] as const;
export type CloudName = (typeof cloudNames)[number];

export const resourceNames = [
  'resourceManager',
  'keyVault',
  'storage',
  'graph',
  'sql',
  'openSourceDatabases',
  'kubernetes',
] as const;
export type ResourceName = (typeof resourceNames)[number];

export interface Cloud {
  readonly name: CloudName;
  /** Hosts of the sign-in service, its own name first; the others are aliases of it. */
  readonly signInHosts: readonly string[];
  /** The alias that Microsoft's libraries keep tokens under. */
  readonly cacheHost: string;
  /** What version 1 tokens name as their issuer, before the tenant. */
  readonly tokenIssuer: string;
  readonly resourceManagerHosts: readonly string[];
  readonly portal: string;
  /** Each resource under all its names (application ID URIs), without a slash at the end. */
  readonly resources: Readonly<Record<ResourceName, readonly string[]>>;
}

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  AzureCloud: {
    name: 'AzureCloud',
    signInHosts: [
      'login.microsoftonline.com',
      'login.windows.net',
      'login.microsoft.com',
      'sts.windows.net',
    ],
    cacheHost: 'login.windows.net',
    tokenIssuer: 'https://sts.windows.net',
    resourceManagerHosts: ['management.azure.com', 'management.core.windows.net'],
    portal: 'https://portal.azure.com',
    resources: {
      resourceManager: ['https://management.azure.com', 'https://management.core.windows.net'],
      keyVault: ['https://vault.azure.net'],
      storage: ['https://storage.azure.com'],
      graph: ['https://graph.microsoft.com'],
      sql: ['https://database.windows.net'],
      openSourceDatabases: ['https://ossrdbms-aad.database.windows.net'],
      // Asked for by its application id.
      kubernetes: [],
    },
  },
  AzureUSGovernment: {
    name: 'AzureUSGovernment',
    signInHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    cacheHost: 'login.microsoftonline.us',
    tokenIssuer: 'https://sts.windows.net',
    resourceManagerHosts: ['management.usgovcloudapi.net', 'management.core.usgovcloudapi.net'],
    portal: 'https://portal.azure.us',
    resources: {
      resourceManager: [
        'https://management.usgovcloudapi.net',
        'https://management.core.usgovcloudapi.net',
      ],
      keyVault: ['https://vault.usgovcloudapi.net'],
      storage: ['https://storage.azure.com'],
      graph: ['https://graph.microsoft.us'],
      sql: ['https://database.usgovcloudapi.net'],
      openSourceDatabases: ['https://ossrdbms-aad.database.usgovcloudapi.net'],
      // Asked for by its application id.
      kubernetes: [],
    },
  },
  AzureChinaCloud: {
    name: 'AzureChinaCloud',
    signInHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    cacheHost: 'login.partner.microsoftonline.cn',
    tokenIssuer: 'https://sts.chinacloudapi.cn',
    resourceManagerHosts: ['management.chinacloudapi.cn', 'management.core.chinacloudapi.cn'],
    portal: 'https://portal.azure.cn',
    resources: {
      resourceManager: [
        'https://management.chinacloudapi.cn',
        'https://management.core.chinacloudapi.cn',
      ],
      keyVault: ['https://vault.azure.cn'],
      storage: ['https://storage.azure.com'],
      graph: ['https://microsoftgraph.chinacloudapi.cn'],
      sql: ['https://database.chinacloudapi.cn'],
      openSourceDatabases: ['https://ossrdbms-aad.database.chinacloudapi.cn'],
      // Asked for by its application id.
      kubernetes: [],
    },
  },
};

export const allClouds: readonly Cloud[] = cloudNames.map((name) => clouds[name]);

/**
 * Application ids of the resources, the same in every cloud. Source: Microsoft Entra documentation
 * "Verify first-party Microsoft applications in sign-in reports"; for Kubernetes, AKS documentation
 * "Use kubelogin to authenticate users in Azure Kubernetes Service".
 */
export const resourceAppIds: Readonly<Record<ResourceName, string>> = {
  resourceManager: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  keyVault: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
  storage: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
  graph: '00000003-0000-0000-c000-000000000000',
  sql: '022907d3-0f1b-48f7-badc-1ba6abab6d66',
  openSourceDatabases: '123cd850-d9df-40bd-94d5-c9f07b7fa203',
  kubernetes: '6dae42f8-4368-4678-94ff-3960e28e3630',
};

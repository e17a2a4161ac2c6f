import { azureCloudAt, type AzureCloud } from '../../models/azure-cloud.ts';
import type { Integration, Settings } from '../connection/owner-client.ts';

/** Azure's clouds, as people call them. */
export const cloudNames: Readonly<Record<AzureCloud['name'], string>> = {
  AzureCloud: 'Azure (public)',
  AzureUSGovernment: 'Azure US Government',
  AzureChinaCloud: 'Azure China',
  custom: 'Custom cloud',
};

/** The host of an address; a text that is not an address is returned unchanged. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

type AzureIntegration = Extract<Integration, { kind: 'azure' }>;

/** The name of a tenant's cloud, or the host of its sign-in if the cloud has none. */
export function cloudText(
  { authorityHost }: AzureIntegration,
  settings: Settings | undefined,
): string {
  const host = authorityHost ?? settings?.azureAuthorityHost;
  const { name } = azureCloudAt(host);
  return name === 'custom' && host !== undefined ? hostOf(host) : cloudNames[name];
}

/** Who signs in to a tenant; undefined where it is a person with the Azure CLI's application. */
export function signerText({ credential, clientId }: AzureIntegration): string | undefined {
  if (credential !== undefined) {
    const what = credential === 'client-secret' ? 'client secret' : 'certificate';
    return `Application ${clientId ?? ''} signs in with a ${what}`;
  }
  return clientId === undefined ? undefined : `You sign in with application ${clientId}`;
}

import { azureCloudAt, type AzureCloud } from '../../models/azure-cloud.ts';
import type { Integration, Settings } from '../connection/owner-client.ts';

/** Azure's clouds, as people call them. */
export const cloudNames: Readonly<Record<AzureCloud['name'], string>> = {
  AzureCloud: 'Azure (public)',
  AzureUSGovernment: 'Azure US Government',
  AzureChinaCloud: 'Azure China',
  custom: 'A cloud of its own',
};

/** The host of an address, where it is one. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

type AzureIntegration = Extract<Integration, { kind: 'azure' }>;

/** The cloud of a tenant, by its name, or by the place of its sign-in where it has none. */
export function cloudWords(
  { authorityHost }: AzureIntegration,
  settings: Settings | undefined,
): string {
  const host = authorityHost ?? settings?.azureAuthorityHost;
  const { name } = azureCloudAt(host);
  return name === 'custom' && host !== undefined ? hostOf(host) : cloudNames[name];
}

/** Who signs in to a tenant. */
export function signerWords({ credential, clientId }: AzureIntegration): string {
  if (credential !== undefined) {
    const what = credential === 'client-secret' ? 'client secret' : 'certificate';
    return `Application ${clientId ?? ''} signs in with a ${what}`;
  }
  return clientId === undefined
    ? 'A person signs in'
    : `A person signs in, with application ${clientId}`;
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import type { OpenedLease, SessionView } from '../owner/owner-client.ts';
import { pastProxies, type Environment } from './environment.ts';

export type AzureSessionView = Extract<SessionView, { type: 'azure' }>;

/** Variables that name another identity, or another address to get one from. */
const others = [
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN',
  'AZURE_USERNAME',
  'AZURE_PASSWORD',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  // az has another folder, with the session's cloud.
  'AZURE_CLOUD_NAME',
  // With it, SDKs take the endpoint for Service Fabric's, and with the next for Azure Arc's.
  'IDENTITY_SERVER_THUMBPRINT',
  'IMDS_ENDPOINT',
  // Terraform's own (azurerm provider, "Authenticating using a Service Principal").
  'ARM_CLIENT_ID',
  'ARM_CLIENT_ID_FILE_PATH',
  'ARM_CLIENT_SECRET',
  'ARM_CLIENT_SECRET_FILE_PATH',
  'ARM_CLIENT_CERTIFICATE',
  'ARM_CLIENT_CERTIFICATE_PATH',
  'ARM_CLIENT_CERTIFICATE_PASSWORD',
  'ARM_USE_OIDC',
  'ARM_OIDC_TOKEN',
  'ARM_OIDC_TOKEN_FILE_PATH',
  'ARM_OIDC_REQUEST_TOKEN',
  'ARM_OIDC_REQUEST_URL',
  'ARM_USE_AKS_WORKLOAD_IDENTITY',
];

/**
 * The identity endpoint in all forms of its contract, and a folder in which the Azure CLI is signed in. The tenant is for tools that want to know it: without a client id no SDK uses
 * it to sign in.
 */
export function azureEndpointEnvironment(
  env: NodeJS.ProcessEnv,
  session: AzureSessionView,
  { url, token, azureConfigDir }: OpenedLease,
): Environment {
  const home = env['HOME'] || homedir();
  const usersFolder = expandPath(env['AZURE_CONFIG_DIR'] || join(home, '.azure'), env, home);
  return {
    set: {
      IDENTITY_ENDPOINT: url,
      IDENTITY_HEADER: token,
      MSI_ENDPOINT: url,
      MSI_SECRET: token,
      // Without it az does not send the secret.
      APPSETTING_WEBSITE_SITE_NAME: 'stint',
      // Versions of 2025 take no other word for credentials without a person's login.
      AZURE_TOKEN_CREDENTIALS: 'prod',
      ...(azureConfigDir === undefined
        ? {}
        : {
            AZURE_CONFIG_DIR: azureConfigDir,
            // az prefers it to the settings in that folder, where Stint writes a plain cache.
            AZURE_CORE_ENCRYPT_TOKEN_CACHE: 'false',
          }),
      AZURE_EXTENSION_DIR: env['AZURE_EXTENSION_DIR'] || join(usersFolder, 'cliextensions'),
      // Terraform and what is built on its SDK.
      ARM_USE_MSI: 'true',
      ARM_MSI_ENDPOINT: `${url}/${token}`,
      ARM_SUBSCRIPTION_ID: session.subscriptionId,
      ARM_TENANT_ID: session.tenantId,
      AZURE_SUBSCRIPTION_ID: session.subscriptionId,
      AZURE_TENANT_ID: session.tenantId,
      AZURE_DEFAULTS_LOCATION: session.region,
      ...pastProxies(env),
    },
    unset: others,
  };
}

/** For a container: without files of this machine. */
export function azureElsewhere({ set, unset }: Environment): Environment {
  const { AZURE_CONFIG_DIR, AZURE_CORE_ENCRYPT_TOKEN_CACHE, AZURE_EXTENSION_DIR, ...rest } = set;
  return { set: rest, unset };
}

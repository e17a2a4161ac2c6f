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
  // With it, SDKs take the endpoint for Service Fabric's, and with the next for Azure Arc's.
  'IDENTITY_SERVER_THUMBPRINT',
  'IMDS_ENDPOINT',
];

/**
 * The identity endpoint in both versions of its contract, and a folder in which the Azure CLI is
 * signed in through it. The tenant is for tools that want to know it: without a client id no SDK uses
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
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
      ...(azureConfigDir === undefined ? {} : { AZURE_CONFIG_DIR: azureConfigDir }),
      AZURE_EXTENSION_DIR: env['AZURE_EXTENSION_DIR'] || join(usersFolder, 'cliextensions'),
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
  const { AZURE_CONFIG_DIR, AZURE_EXTENSION_DIR, ...rest } = set;
  return { set: rest, unset };
}

import { createIamConnector } from '../../services/access-keys/iam.ts';
import { createSsoConnector } from '../../services/integrations/aws-sso/connect.ts';
import { createAzureConnector } from '../../services/integrations/azure/connect.ts';
import { createStsConnector } from '../../services/providers/sts.ts';
import type { Storage } from './storage.ts';

export type Network = ReturnType<typeof composeNetwork>;

/** How the clouds are reached: endpoints, proxies and certificates as the settings have them by then. */
export function composeNetwork({ network }: Storage) {
  return {
    network,
    connectSts: createStsConnector(network),
    connectIam: createIamConnector(network),
    connectSso: createSsoConnector(network),
    connectAzure: createAzureConnector(network),
  };
}

import { createIamConnector } from '../../services/access-keys/iam.ts';
import { createSsoConnector } from '../../services/integrations/aws-sso/connect.ts';
import { createAzureConnector } from '../../services/integrations/azure/connect.ts';
import { createStsConnector } from '../../services/providers/sts.ts';
import type { Foundation } from './foundation.ts';
import type { Storage } from './storage.ts';

export type Network = ReturnType<typeof composeNetwork>;

/** How the clouds are reached: endpoints, proxies and certificates as the settings have them by then. */
export function composeNetwork({ environment, times }: Foundation, { settings }: Storage) {
  const options = {
    settings: () => settings.current(),
    proxies: environment.proxies,
    times,
  };
  return {
    network: options,
    connectSts: createStsConnector(options),
    connectIam: createIamConnector(options),
    connectSso: createSsoConnector(options),
    connectAzure: createAzureConnector(options),
  };
}

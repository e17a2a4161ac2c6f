import { createAwsCredentialsDelivery } from '../../services/delivery/aws-credentials/delivery.ts';
import { createAzureCliDelivery } from '../../services/delivery/azure-cli/delivery.ts';
import { DeliveryRouter } from '../../services/delivery/router.ts';
import type { Foundation } from './foundation.ts';
import type { SignIns } from './sign-ins.ts';
import type { Storage } from './storage.ts';

/** Where credentials are put for tools. */
export function composeDelivery(
  { paths, clock }: Foundation,
  { settings, secrets }: Storage,
  { cloudOf }: SignIns,
): DeliveryRouter {
  return new DeliveryRouter({
    awsCredentials: createAwsCredentialsDelivery({
      credentialsFile: () => settings.current().awsCredentialsFile,
      configFile: () => settings.current().awsConfigFile,
      journalFile: paths.journal,
      secrets,
      clock,
    }),
    azureCli: createAzureCliDelivery({
      configDir: () => settings.current().azureConfigDir,
      journalFile: paths.azureJournal,
      secrets,
      clock,
    }),
    settings: () => settings.current(),
    cloudOf,
  });
}

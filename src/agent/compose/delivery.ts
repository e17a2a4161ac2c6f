import { createAwsCredentialsDelivery } from '../../services/delivery/aws-credentials/delivery.ts';
import { processCommand } from '../../services/delivery/aws-credentials/process-command.ts';
import { createAzureCliDelivery } from '../../services/delivery/azure-cli/delivery.ts';
import type { ProfilePublisher } from '../../services/delivery/published-profiles.ts';
import { DeliveryRouter } from '../../services/delivery/router.ts';
import { isUsualHome } from '../../services/files/home.ts';
import type { Foundation } from './foundation.ts';
import type { SignIns } from './sign-ins.ts';
import type { Storage } from './storage.ts';

/** Where credentials are put for tools. */
export function composeDelivery(
  { paths, clock, credentialCommand }: Foundation,
  { settings, secrets }: Storage,
  { cloudOf }: SignIns,
): { readonly router: DeliveryRouter; readonly publisher: ProfilePublisher } {
  const awsCredentials = createAwsCredentialsDelivery({
    credentialsFile: () => settings.current().awsCredentialsFile,
    configFile: () => settings.current().awsConfigFile,
    writesInPlace: () => settings.current().awsFileWrites === 'in-place',
    journalFile: paths.journal,
    secrets,
    clock,
    processLine: processCommand({
      command: credentialCommand,
      home: isUsualHome(paths.home, process.env) ? undefined : paths.home,
      platform: process.platform,
    }),
  });
  const router = new DeliveryRouter({
    awsCredentials,
    azureCli: createAzureCliDelivery({
      configDir: () => settings.current().azureConfigDir,
      journalFile: paths.azureJournal,
      secrets,
      clock,
    }),
    settings: () => settings.current(),
    cloudOf,
  });
  return { router, publisher: awsCredentials };
}

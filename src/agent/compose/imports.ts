import { homedir } from 'node:os';
import type { IdentityProviderService } from '../../services/identity-providers/identity-provider-service.ts';
import { ImportService } from '../../services/import/import-service.ts';
import type { ImportParts } from '../../services/import/import-parts.ts';
import { createImporters } from '../../services/import/importers.ts';
import { thisMachine } from '../../services/import/sources/leapp/machine-id.ts';
import type { IntegrationService } from '../../services/integrations/integration-service.ts';
import type { Foundation } from './foundation.ts';
import type { composeSessions } from './sessions.ts';
import type { Storage } from './storage.ts';

const patience = { milliseconds: 60_000 };

/** Moving in from other tools. */
export function composeImports(
  { clock, log, keychain }: Foundation,
  { workspace, settings, events, history, requireVault }: Storage,
  { repository, service, providers }: ReturnType<typeof composeSessions>,
  others: {
    readonly integrations: IntegrationService;
    readonly identityProviders: IdentityProviderService;
    readonly usualDelivery: ImportParts['usualDelivery'];
  },
): ImportService {
  return new ImportService({
    ...others,
    importers: createImporters({
      machine: thisMachine(),
      // macOS asks the user before it shows an item that another program made.
      keychain: { read: (account) => keychain.ofService('Leapp').read(account, patience) },
    }),
    repository,
    workspace,
    sessions: service,
    awsIamUser: providers.awsIamUser,
    changeSettings: (patch, by) => settings.change(patch, by),
    settings: () => settings.current(),
    events,
    history,
    clock,
    log,
    requireVault,
    userHome: homedir(),
  });
}

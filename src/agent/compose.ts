import type { AzureSession } from '../models/session.ts';
import { openAccess } from '../services/access/access.ts';
import { systemClock, type Clock } from '../services/clock/clock.ts';
import { ServerTime } from '../services/clock/server-time.ts';
import { createAzureCliDelivery } from '../services/delivery/azure-cli/delivery.ts';
import { createAwsCredentialsDelivery } from '../services/delivery/aws-credentials/delivery.ts';
import { EventLog } from '../services/events/event-log.ts';
import { openHistory } from '../services/history/history.ts';
import { publishHistory } from '../services/history/publish-history.ts';
import { recordPrompts } from '../services/history/prompt-record.ts';
import type { HomePaths } from '../services/files/home.ts';
import { createLog } from '../services/log/log.ts';
import { IdentityProviderService } from '../services/identity-providers/identity-provider-service.ts';
import { createAwsSsoSource } from '../services/integrations/aws-sso/aws-sso-source.ts';
import { createSsoConnector } from '../services/integrations/aws-sso/connect.ts';
import { SsoSignIn } from '../services/integrations/aws-sso/sign-in.ts';
import { createAzureSource } from '../services/integrations/azure/azure-source.ts';
import { createAzureConnector } from '../services/integrations/azure/connect.ts';
import { AzureSignIn } from '../services/integrations/azure/sign-in.ts';
import { IntegrationRepository } from '../services/integrations/integration-repository.ts';
import { IntegrationService } from '../services/integrations/integration-service.ts';
import { openLeases } from '../services/leases/open-leases.ts';
import { PromptService } from '../services/prompts/prompt-service.ts';
import { createBrowserSignIn } from '../services/sign-in/browser-sign-in.ts';
import type { SamlSignIn } from '../services/sign-in/saml-sign-in.ts';
import { createAwsIamRoleFederatedProvider } from '../services/providers/aws-iam-role-federated.ts';
import { createAwsIamRoleChainedProvider } from '../services/providers/aws-iam-role-chained.ts';
import { createAzureProvider } from '../services/providers/azure.ts';
import { createAwsSsoRoleProvider } from '../services/providers/aws-sso-role.ts';
import { createAwsIamUserProvider } from '../services/providers/aws-iam-user.ts';
import { ParentCredentials } from '../services/sessions/parent-credentials.ts';
import type { Providers } from '../services/providers/providers.ts';
import { createStsConnector } from '../services/providers/sts.ts';
import { Scheduler } from '../services/rotation/scheduler.ts';
import { SessionService } from '../services/session-service.ts';
import { RunCredentials } from '../services/sessions/run-credentials.ts';
import { DeliveryRouter } from '../services/delivery/router.ts';
import { Reconciliation } from '../services/sessions/reconcile.ts';
import { ResourceTokens } from '../services/sessions/resource-tokens.ts';
import { SessionRepository } from '../services/sessions/session-repository.ts';
import { SessionRunner } from '../services/sessions/session-runner.ts';
import { SettingsService } from '../services/settings/settings-service.ts';
import type { OwnerProcess, Services } from '../services/services.ts';
import { hideFromLog } from '../services/vault/hide-from-log.ts';
import { createUnlockPrompt, requireUnlocked } from '../services/vault/unlock-prompt.ts';
import type { Keychain } from '../services/vault/keychain.ts';
import { openVault } from '../services/vault/vault.ts';
import { openWorkspace } from '../services/workspace/workspace-store.ts';
import type { AgentEnvironment } from './environment.ts';

export interface Composition extends Services {
  readonly recovery: Reconciliation;
  readonly scheduler: Scheduler;
  /** Closes files and databases; the last thing an owner does. */
  close(): void;
}

/** The graph of everything the owner process is made of, built by hand. */
export async function compose(options: {
  readonly paths: HomePaths;
  readonly environment: AgentEnvironment;
  readonly keychain: Keychain;
  readonly owner: OwnerProcess;
  readonly clock?: Clock;
  /** How federated sessions sign in, by the owner's clock; if omitted, with the system's browser. */
  readonly createSignIn?: (clock: Clock) => SamlSignIn;
}): Promise<Composition> {
  const { paths, environment, owner } = options;
  const clock = new ServerTime(options.clock ?? systemClock);
  const log = createLog({ file: paths.log });
  const events = new EventLog();
  const prompts = new PromptService({ clock, events });
  const workspace = await openWorkspace({
    paths,
    defaultSettings: environment.defaultSettings,
    environmentWins: environment.environmentWins,
    clock,
  });
  const settings = new SettingsService({ workspace, events });
  const vault = await openVault({
    file: paths.vault,
    method: environment.secretsMethod,
    passphrase: environment.passphrase,
    keychain: options.keychain,
  });
  if (environment.passphrase !== undefined) log.hide(environment.passphrase);
  const secrets = hideFromLog(vault, log);
  const history = publishHistory(openHistory({ file: paths.historyDb, clock }), events);
  recordPrompts(prompts, events, history, workspace);
  const access = await openAccess({
    dbFile: paths.accessDb,
    tokenFile: paths.token,
    secrets,
    clock: options.clock ?? systemClock,
    history,
  });
  log.hide(access.ownerToken());

  const requireVault = requireUnlocked(vault);
  const credentials = new RunCredentials(secrets);
  const repository = new SessionRepository({ workspace, events });
  const connectSts = createStsConnector({
    settings: () => settings.current(),
    serverTime: clock,
    proxies: environment.proxies,
  });
  const awsIamUser = createAwsIamUserProvider({ secrets, connectSts, clock });
  const parents = new ParentCredentials({
    find: (sessionId) => repository.find(sessionId),
    providers: () => providers,
    runs: credentials,
    prompts,
    clock,
  });
  const connectSso = createSsoConnector({
    settings: () => settings.current(),
    proxies: environment.proxies,
    serverTime: clock,
  });
  const integrationRepository = new IntegrationRepository({ workspace, events });
  const usualMethod = environment.hasScreen ? 'browser' : 'device-code';
  const ssoSignIn = new SsoSignIn({
    repository: integrationRepository,
    secrets,
    connect: connectSso,
    prompts,
    history,
    clock,
    usualMethod,
  });
  const connectAzure = createAzureConnector({
    settings: () => settings.current(),
    proxies: environment.proxies,
    serverTime: clock,
  });
  const azureSignIn = new AzureSignIn({
    repository: integrationRepository,
    secrets,
    connect: connectAzure,
    prompts,
    history,
    clock,
    usualMethod,
  });
  const findIntegration = (integrationId: string) => integrationRepository.find(integrationId);
  const azure = createAzureProvider({
    signIn: azureSignIn,
    connect: connectAzure,
    findIntegration,
    clock,
  });
  const awsIamRoleFederated = createAwsIamRoleFederatedProvider({
    connectSts,
    signIn:
      options.createSignIn?.(clock) ??
      createBrowserSignIn({ folder: paths.browser, secrets, clock }),
    identityProviders: (idpId) => workspace.identityProviders().find((idp) => idp.idpId === idpId),
    sessions: () => repository.all(),
    clock,
  });
  const providers: Providers = {
    awsIamUser,
    awsIamRoleFederated,
    awsIamRoleChained: createAwsIamRoleChainedProvider({ parents, connectSts, clock }),
    awsSsoRole: createAwsSsoRoleProvider({
      signIn: ssoSignIn,
      connect: connectSso,
      findIntegration,
      clock,
    }),
    azure,
  };
  const cloudOf = ({ integrationId }: Pick<AzureSession, 'integrationId'>) => {
    const integration = findIntegration(integrationId);
    return connectAzure.cloudOf(integration?.kind === 'azure' ? integration : undefined);
  };
  const delivery = new DeliveryRouter({
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
  const runner = new SessionRunner({
    repository,
    providers,
    delivery,
    credentials,
    prompts,
    history,
    clock,
    log,
    requireVault,
  });
  const sessions = new SessionService({
    repository,
    runner,
    credentials,
    awsIamUser,
    tokens: new ResourceTokens({ provider: azure, clock, events }),
    providers,
    workspace,
    history,
    clock,
    requireVault,
    usualDelivery: (fields) => delivery.kindOf(fields),
  });
  const integrations = new IntegrationService({
    repository: integrationRepository,
    sessions: repository,
    runner,
    sources: {
      awsSso: createAwsSsoSource({
        signIn: ssoSignIn,
        connect: connectSso,
        settings: () => settings.current(),
      }),
      azure: createAzureSource({
        signIn: azureSignIn,
        connect: connectAzure,
        settings: () => settings.current(),
      }),
    },
    prompts,
    history,
    clock,
    log,
    requireVault,
  });
  const identityProviders = new IdentityProviderService({
    workspace,
    events,
    sessions: repository,
    runner,
    forget: (idpId) => awsIamRoleFederated.forgetIdentityProvider(idpId),
  });
  const recovery = new Reconciliation({
    repository,
    runner,
    delivery,
    credentials,
    history,
    clock,
  });
  const leases = openLeases({ paths, cloudOf, repository, runner, events, history, clock, log });
  const scheduler = new Scheduler({
    clock,
    repository,
    runner,
    recovery,
    leases,
    events,
    history,
    log,
  });
  const unlockPrompt = createUnlockPrompt({
    vault,
    prompts,
    events,
    clock,
    onUnlocked: async () => {
      await recovery.reconcile();
    },
  });
  return {
    sessions,
    integrations,
    identityProviders,
    leases,
    prompts,
    events,
    history,
    access,
    settings,
    vault,
    log,
    owner,
    unlockPrompt,
    notices: () => [...workspace.notices(), ...history.notices(), ...access.notices()],
    recovery,
    scheduler,
    close() {
      leases.shut();
      access.close();
      history.close();
      log.close();
    },
  };
}

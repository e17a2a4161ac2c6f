import type { AzureSession } from '../models/session.ts';
import { openAccess } from '../services/access/access.ts';
import { systemClock, type Clock } from '../services/clock/clock.ts';
import { ServerTime } from '../services/clock/server-time.ts';
import { createAzureCliDelivery } from '../services/delivery/azure-cli.ts';
import { createCredentialsFileDelivery } from '../services/delivery/credentials-file.ts';
import { EventLog } from '../services/events/event-log.ts';
import { openHistory } from '../services/history/history.ts';
import { tellHistory } from '../services/history/tell-history.ts';
import { recordPrompts } from '../services/history/prompt-record.ts';
import type { HomePaths } from '../services/home.ts';
import { createLog } from '../services/log/log.ts';
import { IdentityProviderService } from '../services/identity-providers/identity-provider-service.ts';
import { createAwsSsoSource } from '../services/integrations/aws-sso/aws-sso-source.ts';
import { createSsoConnector } from '../services/integrations/aws-sso/connect.ts';
import { SsoSignIn } from '../services/integrations/aws-sso/sign-in.ts';
import { createAzureSource } from '../services/integrations/azure/azure-source.ts';
import { createAzureConnector } from '../services/integrations/azure/connect.ts';
import { AzureSignIn } from '../services/integrations/azure/sign-in.ts';
import { IntegrationBook } from '../services/integrations/integration-book.ts';
import { IntegrationService } from '../services/integrations/integration-service.ts';
import { openLeases } from '../services/leases/open-leases.ts';
import { PromptDesk } from '../services/prompts/prompt-desk.ts';
import { createBrowserSignIn } from '../services/sign-in/browser-sign-in.ts';
import type { SamlSignIn } from '../services/sign-in/saml-sign-in.ts';
import { createAwsIamRoleFederatedProvider } from '../services/providers/aws-iam-role-federated.ts';
import { createAwsIamRoleChainedProvider } from '../services/providers/aws-iam-role-chained.ts';
import { createAzureProvider } from '../services/providers/azure.ts';
import { createAwsSsoRoleProvider } from '../services/providers/aws-sso-role.ts';
import { createAwsIamUserProvider } from '../services/providers/aws-iam-user.ts';
import { ParentCredentials } from '../services/providers/parent-credentials.ts';
import type { Providers } from '../services/providers/providers.ts';
import { createStsConnector } from '../services/providers/sts.ts';
import { Scheduler } from '../services/rotation/scheduler.ts';
import { SessionService } from '../services/session-service.ts';
import { RunCredentials } from '../services/sessions/run-credentials.ts';
import { RunDelivery } from '../services/sessions/run-delivery.ts';
import { RunRecovery } from '../services/sessions/run-recovery.ts';
import { RunTokens } from '../services/sessions/run-tokens.ts';
import { SessionBook } from '../services/sessions/session-book.ts';
import { SessionRunner } from '../services/sessions/session-runner.ts';
import { SettingsService } from '../services/settings/settings-service.ts';
import type { Owner, Stint } from '../services/stint.ts';
import { hideFromLog } from '../services/vault/hide-from-log.ts';
import { createUnlockPrompt, requireUnlocked } from '../services/vault/unlock-prompt.ts';
import type { Keychain } from '../services/vault/keychain.ts';
import { openVault } from '../services/vault/vault.ts';
import { openWorkspace } from '../services/workspace/workspace-store.ts';
import type { AgentEnvironment } from './environment.ts';

export interface Composition extends Stint {
  readonly recovery: RunRecovery;
  readonly scheduler: Scheduler;
  /** Closes files and databases; the last thing an owner does. */
  close(): void;
}

/** The graph of everything the owner process is made of, built by hand. */
export async function compose(options: {
  readonly paths: HomePaths;
  readonly environment: AgentEnvironment;
  readonly keychain: Keychain;
  readonly owner: Owner;
  readonly clock?: Clock;
  /** How federated sessions sign in; with the system's browser where left out. */
  readonly signIn?: SamlSignIn;
}): Promise<Composition> {
  const { paths, environment, owner } = options;
  const clock = new ServerTime(options.clock ?? systemClock);
  const log = createLog({ file: paths.log });
  const events = new EventLog();
  const prompts = new PromptDesk({ clock, events });
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
  const history = tellHistory(openHistory({ file: paths.historyDb, clock }), events);
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
  const book = new SessionBook({ workspace, events });
  const connectSts = createStsConnector({
    settings: () => settings.current(),
    serverTime: clock,
    proxies: environment.proxies,
  });
  const awsIamUser = createAwsIamUserProvider({ secrets, connectSts, clock });
  const parents = new ParentCredentials({
    find: (sessionId) => book.find(sessionId),
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
  const integrationBook = new IntegrationBook({ workspace, events });
  const usualMethod = environment.hasScreen ? 'browser' : 'device-code';
  const ssoSignIn = new SsoSignIn({
    book: integrationBook,
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
    book: integrationBook,
    secrets,
    connect: connectAzure,
    prompts,
    history,
    clock,
    usualMethod,
  });
  const findIntegration = (integrationId: string) => integrationBook.find(integrationId);
  const azure = createAzureProvider({
    signIn: azureSignIn,
    connect: connectAzure,
    findIntegration,
    clock,
  });
  const awsIamRoleFederated = createAwsIamRoleFederatedProvider({
    connectSts,
    signIn: options.signIn ?? createBrowserSignIn({ folder: paths.browser, secrets, clock }),
    identityProviders: (idpId) => workspace.identityProviders().find((idp) => idp.idpId === idpId),
    sessions: () => book.all(),
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
  const { awsCredentialsFile, awsConfigFile, azureConfigDir } = settings.current();
  const delivery = new RunDelivery({
    credentialsFile: createCredentialsFileDelivery({
      credentialsFile: awsCredentialsFile,
      configFile: awsConfigFile,
      journalFile: paths.journal,
      secrets,
    }),
    azureCli: createAzureCliDelivery({
      configDir: azureConfigDir,
      journalFile: paths.azureJournal,
      secrets,
    }),
    settings: () => settings.current(),
    cloudOf,
  });
  const runner = new SessionRunner({
    book,
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
    book,
    runner,
    credentials,
    awsIamUser,
    tokens: new RunTokens({ provider: azure, clock, events }),
    providers,
    workspace,
    history,
    clock,
    requireVault,
    usualDelivery: (fields) => delivery.kindOf(fields),
  });
  const integrations = new IntegrationService({
    book: integrationBook,
    sessions: book,
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
    sessions: book,
    runner,
    forget: (idpId) => awsIamRoleFederated.forgetIdentityProvider(idpId),
  });
  const recovery = new RunRecovery({ book, runner, delivery, credentials, history, clock });
  const leases = openLeases({ paths, cloudOf, book, runner, events, history, clock, log });
  const scheduler = new Scheduler({ clock, book, runner, recovery, leases, events, history, log });
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

import type { Settings } from './settings.ts';

/**
 * Who may change each setting. Where credentials and sign-ins go to (places, endpoints, proxies,
 * certificates) is for the owner alone: with them, the right to change settings would be the right to
 * read every secret. A new setting has to be decided here.
 */
const changedBy = {
  defaultRegion: 'settings:update',
  defaultLocation: 'settings:update',
  defaultDelivery: 'settings:update',
  profileNameTemplate: 'settings:update',
  environmentRules: 'settings:update',
  onQuit: 'settings:update',
  renewAfterExpiryHours: 'settings:update',
  defaultMaxSessionSeconds: 'settings:update',
  defaultIdleSeconds: 'settings:update',
  maxExtendedSeconds: 'settings:update',
  limitWarningMinutes: 'settings:update',
  onLock: 'settings:update',
  lockAfterIdleMinutes: 'settings:update',
  onScreenLock: 'settings:update',
  openAtLogin: 'settings:update',
  checkForUpdates: 'settings:update',
  awsCredentialsFile: 'owner',
  awsConfigFile: 'owner',
  azureConfigDir: 'owner',
  awsFileWrites: 'settings:update',
  awsEndpointUrl: 'owner',
  awsStsEndpointUrl: 'owner',
  awsIamEndpointUrl: 'owner',
  awsSsoEndpointUrl: 'owner',
  awsSsoOidcEndpointUrl: 'owner',
  awsSigninEndpointUrl: 'owner',
  awsUseFipsEndpoint: 'owner',
  awsUseDualstackEndpoint: 'owner',
  azureAuthorityHost: 'owner',
  azureResourceManagerUrl: 'owner',
  azurePortalUrl: 'owner',
  azureResources: 'owner',
  consoleBrowser: 'settings:update',
  archivedDays: 'settings:update',
  deleteOldKeyAfterDays: 'settings:update',
  tokenKeyDays: 'settings:update',
  roleSessionPerson: 'settings:update',
  httpProxy: 'owner',
  httpsProxy: 'owner',
  noProxy: 'owner',
  caBundle: 'owner',
  azureCaBundle: 'owner',
} as const satisfies Record<keyof Settings, 'settings:update' | 'owner'>;

export const ownerSettings: readonly string[] = Object.entries(changedBy)
  .filter(([, by]) => by === 'owner')
  .map(([name]) => name);

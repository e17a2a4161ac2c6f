import { ownerSettings } from '../../models/owner-settings.ts';
import type { Settings } from '../../models/settings.ts';
import type { Choice } from '../fields/choice.ts';

export type SettingName = Exclude<keyof Settings, 'environmentRules'>;

interface EveryRow {
  readonly name: SettingName;
  readonly label: string;
  readonly hint?: string;
  /** Shown where it is not set; a row without it cannot be emptied. */
  readonly unset?: string;
}

/** How a setting is chosen or typed. Durations are typed with their unit and kept in `unit`s. */
export type SettingRow = EveryRow &
  (
    | { readonly control: 'choice'; readonly choices: readonly Choice[] }
    | { readonly control: 'text'; readonly suggestions?: 'aws-regions' | 'azure-locations' }
    | { readonly control: 'switch' }
    | {
        readonly control: 'duration';
        readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
        /** What zero means. */
        readonly zero?: string;
      }
  );

export interface SettingSection {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly rows: readonly SettingRow[];
}

const deliveries: readonly Choice[] = [
  { value: 'credentials-file', label: 'Credentials file' },
  { value: 'credential-process', label: 'Command in the config file' },
  { value: 'endpoint-only', label: 'Endpoint only' },
];

/** Every setting but the environment rules, which have an editor of their own. */
export const settingSections = {
  general: {
    id: 'general',
    title: 'General',
    about: 'How the window looks, and what new sessions begin with.',
    rows: [
      {
        name: 'defaultRegion',
        label: 'Default region',
        hint: 'For new AWS sessions',
        control: 'text',
        suggestions: 'aws-regions',
      },
      {
        name: 'defaultLocation',
        label: 'Default location',
        hint: 'For new Azure sessions',
        control: 'text',
        suggestions: 'azure-locations',
      },
      {
        name: 'profileNameTemplate',
        label: 'Profile names',
        hint: 'For new sessions: {session}, {account}, {accountId}, {role}, {integration}',
        control: 'text',
      },
      {
        name: 'onQuit',
        label: 'When Stint quits',
        hint: 'Programs lose access as soon as a session stops',
        control: 'choice',
        choices: [
          { value: 'stop-sessions', label: 'Stop all sessions' },
          { value: 'keep-sessions', label: 'Keep sessions' },
        ],
      },
      {
        name: 'openAtLogin',
        label: 'Start at login',
        hint: 'The desktop app, in the tray, when you log in to this machine',
        control: 'switch',
      },
      {
        name: 'consoleBrowser',
        label: 'Web consoles open in',
        control: 'choice',
        choices: [
          { value: 'default', label: 'Your usual browser' },
          { value: 'chrome-profile', label: 'A Chrome profile per session' },
          { value: 'firefox-container', label: 'A Firefox container per session' },
        ],
      },
      {
        name: 'checkForUpdates',
        label: 'Look for newer releases',
        hint: 'Once a day, while you use this window; nothing is installed',
        control: 'switch',
      },
      {
        name: 'roleSessionPerson',
        label: 'Your name in CloudTrail',
        hint: 'Role session names of chained roles begin with it',
        control: 'text',
        unset: 'your user name',
      },
    ],
  },
  limits: {
    id: 'limits',
    title: 'Renewal and limits',
    about:
      'Sessions renew by themselves until a limit ends them. Limits apply from the next start.',
    rows: [
      {
        name: 'defaultMaxSessionSeconds',
        label: 'End sessions after',
        hint: 'Counted from the start, whatever was renewed; a session’s own limit counts first',
        control: 'duration',
        unit: 'seconds',
        unset: 'never',
      },
      {
        name: 'defaultIdleSeconds',
        label: 'End unused sessions after',
        hint: 'Only where Stint sees who reads: endpoint only, and command in the config file',
        control: 'duration',
        unit: 'seconds',
        unset: 'never',
      },
      {
        name: 'limitWarningMinutes',
        label: 'Warn before a session ends',
        control: 'duration',
        unit: 'minutes',
        zero: 'no warning',
      },
      {
        name: 'maxExtendedSeconds',
        label: 'Longest run after an extension',
        control: 'duration',
        unit: 'seconds',
      },
      {
        name: 'renewAfterExpiryHours',
        label: 'Keep trying to renew after expiry for',
        hint: 'For a laptop that slept; then the session ends',
        control: 'duration',
        unit: 'hours',
        zero: 'not at all',
      },
      {
        name: 'archivedDays',
        label: 'Remove archived sessions after',
        hint: 'With their secrets; a session is archived once its validity has ended',
        control: 'duration',
        unit: 'days',
        unset: 'never',
      },
      {
        name: 'deleteOldKeyAfterDays',
        label: 'Delete rotated access keys after',
        hint: 'The old key of an IAM user, once a new one works',
        control: 'duration',
        unit: 'days',
        unset: 'only when asked',
      },
    ],
  },
  delivery: {
    id: 'delivery',
    title: 'Delivery',
    about: 'How programs get credentials. You can choose differently for each AWS session.',
    rows: [
      {
        name: 'defaultDelivery',
        label: 'AWS sessions',
        hint: 'Programs already running keep the keys they read until those expire',
        control: 'choice',
        choices: deliveries,
      },
      {
        name: 'awsFileWrites',
        label: 'AWS files change',
        hint: 'In place for bind mounts of containers',
        control: 'choice',
        choices: [
          { value: 'replace', label: 'As a new file each time' },
          { value: 'in-place', label: 'In place' },
        ],
      },
      { name: 'awsCredentialsFile', label: 'Credentials file', control: 'text' },
      { name: 'awsConfigFile', label: 'Config file', control: 'text' },
      { name: 'azureConfigDir', label: 'Azure CLI folder', control: 'text' },
      {
        name: 'azureResources',
        label: 'More Azure resources',
        hint: 'az gets tokens for these too',
        control: 'text',
        unset: 'none',
      },
    ],
  },
  network: {
    id: 'network',
    title: 'Network',
    about: 'For company proxies, private clouds and inspection certificates.',
    rows: [
      { name: 'httpsProxy', label: 'HTTPS proxy', control: 'text', unset: 'none' },
      { name: 'httpProxy', label: 'HTTP proxy', control: 'text', unset: 'none' },
      { name: 'noProxy', label: 'Without proxy', control: 'text', unset: 'none' },
      {
        name: 'caBundle',
        label: 'Extra certificates',
        hint: 'PEM file or folder, trusted besides the system’s own',
        control: 'text',
        unset: 'none',
      },
      {
        name: 'azureCaBundle',
        label: 'Extra certificates for Azure',
        control: 'text',
        unset: 'the same',
      },
      { name: 'awsUseFipsEndpoint', label: 'FIPS endpoints of AWS', control: 'switch' },
      { name: 'awsUseDualstackEndpoint', label: 'IPv6 endpoints of AWS', control: 'switch' },
      { name: 'awsEndpointUrl', label: 'AWS endpoint', control: 'text', unset: 'AWS' },
      { name: 'awsStsEndpointUrl', label: 'STS endpoint', control: 'text', unset: 'AWS' },
      { name: 'awsIamEndpointUrl', label: 'IAM endpoint', control: 'text', unset: 'AWS' },
      { name: 'awsSsoEndpointUrl', label: 'SSO endpoint', control: 'text', unset: 'AWS' },
      { name: 'awsSsoOidcEndpointUrl', label: 'SSO OIDC endpoint', control: 'text', unset: 'AWS' },
      { name: 'awsSigninEndpointUrl', label: 'Console sign-in', control: 'text', unset: 'AWS' },
      { name: 'azureAuthorityHost', label: 'Azure sign-in', control: 'text', unset: 'Microsoft' },
      {
        name: 'azureResourceManagerUrl',
        label: 'Azure Resource Manager',
        control: 'text',
        unset: 'Microsoft',
      },
      { name: 'azurePortalUrl', label: 'Azure portal', control: 'text', unset: 'Microsoft' },
    ],
  },
  security: {
    id: 'security',
    title: 'Security',
    about: 'Your secrets are in an encrypted vault on this machine.',
    rows: [
      {
        name: 'lockAfterIdleMinutes',
        label: 'Lock the vault when idle',
        hint: 'After this time without a command or a click',
        control: 'duration',
        unit: 'minutes',
        unset: 'never',
      },
      {
        name: 'onLock',
        label: 'When the vault is locked',
        control: 'choice',
        choices: [
          { value: 'keep-sessions', label: 'Keep sessions; renewing waits' },
          { value: 'stop-sessions', label: 'Stop all sessions' },
        ],
      },
      {
        name: 'onScreenLock',
        label: 'When the screen is locked',
        hint: 'By the desktop app; on Linux with dbus-monitor',
        control: 'choice',
        choices: [
          { value: 'keep-sessions', label: 'Nothing' },
          { value: 'lock-vault', label: 'Lock the vault' },
          { value: 'stop-sessions', label: 'Stop all sessions' },
        ],
      },
      {
        name: 'tokenKeyDays',
        label: 'Sign tokens with a new key every',
        hint: 'Earlier tokens stay valid',
        control: 'duration',
        unit: 'days',
      },
    ],
  },
} as const satisfies Readonly<Record<string, SettingSection>>;

/** Only the owner changes it: by the command, or by a dialog of the desktop app. */
export function isOwners(name: SettingName): boolean {
  return ownerSettings.includes(name);
}

/** The command that changes it. */
export function settingCommand({ name, control }: Pick<SettingRow, 'name' | 'control'>): string {
  const typed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `stint settings set ${typed} ${control === 'switch' ? 'true' : 'VALUE'}`;
}

/** Whether a row is about what was searched for. */
export function isAbout({ label, hint = '', name }: SettingRow, words: string): boolean {
  const text = `${label} ${hint} ${name}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

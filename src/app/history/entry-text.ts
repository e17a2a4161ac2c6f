import type { HistoryEntry, HistoryKind } from '../../models/history.ts';
import type { IconName } from '../icons/icon.ts';
import { endReasonText } from '../sessions/session-text.ts';

/** What an entry of a kind is called, and how it is drawn. */
export interface KindText {
  readonly text: string;
  readonly icon: IconName;
  readonly tone?: 'ok' | 'bad' | 'warn' | 'accent';
}

const kinds: Readonly<Record<HistoryKind, KindText>> = {
  'session-created': { text: 'Session added', icon: 'plus' },
  'session-updated': { text: 'Session changed', icon: 'edit' },
  'session-removed': { text: 'Session removed', icon: 'trash' },
  'session-started': { text: 'Started', icon: 'play', tone: 'ok' },
  'session-rotated': { text: 'Renewed', icon: 'refresh' },
  'session-stopped': { text: 'Stopped', icon: 'stop' },
  'rotation-failed': { text: 'Renewal failed', icon: 'warning', tone: 'bad' },
  'credentials-expired': { text: 'Credentials expired', icon: 'warning', tone: 'bad' },
  'session-ending': { text: 'Ends soon', icon: 'clock', tone: 'warn' },
  'session-extended': { text: 'Extended', icon: 'clock' },
  'section-restored': { text: 'Section restored', icon: 'undo', tone: 'warn' },
  'lease-opened': { text: 'Program started using it', icon: 'terminal', tone: 'accent' },
  'lease-closed': { text: 'Program stopped using it', icon: 'terminal' },
  'prompt-raised': { text: 'Question', icon: 'phone', tone: 'warn' },
  'prompt-closed': { text: 'Question closed', icon: 'phone' },
  login: { text: 'Signed in', icon: 'key', tone: 'ok' },
  logout: { text: 'Signed out', icon: 'key' },
  'integration-created': { text: 'Integration added', icon: 'plug' },
  'integration-updated': { text: 'Integration changed', icon: 'plug' },
  'integration-removed': { text: 'Integration removed', icon: 'plug' },
  'integration-synced': { text: 'Synced', icon: 'refresh' },
  'identity-provider-created': { text: 'Identity provider added', icon: 'person' },
  'identity-provider-updated': { text: 'Identity provider changed', icon: 'person' },
  'identity-provider-removed': { text: 'Identity provider removed', icon: 'person' },
  'settings-updated': { text: 'Settings changed', icon: 'gear' },
  'credentials-read': { text: 'Credentials read', icon: 'eye', tone: 'accent' },
  'import-applied': { text: 'Imported', icon: 'download' },
  'import-undone': { text: 'Import undone', icon: 'undo' },
  'token-issued': { text: 'Token created', icon: 'key' },
  'token-revoked': { text: 'Token revoked', icon: 'key' },
  'keys-reset': { text: 'All tokens revoked', icon: 'key', tone: 'warn' },
  'vault-locked': { text: 'Vault locked', icon: 'lock' },
  'vault-unlocked': { text: 'Vault unlocked', icon: 'lock' },
  'vault-rewrapped': { text: 'Vault key changed', icon: 'lock' },
  'key-created': { text: 'Access key created', icon: 'key' },
  'key-deactivated': { text: 'Access key deactivated', icon: 'key' },
  'key-deleted': { text: 'Access key deleted', icon: 'key' },
  'key-rotation-failed': { text: 'Key rotation failed', icon: 'warning', tone: 'bad' },
};

/** What happened, in a few words. A start that failed ends its run with the reason `failed`. */
export function kindText({ kind, reason }: Pick<HistoryEntry, 'kind' | 'reason'>): KindText {
  if (kind === 'session-stopped' && reason === 'failed') {
    return { text: 'Start failed', icon: 'warning', tone: 'bad' };
  }
  if (kind === 'session-stopped' && reason === 'crashed') {
    return { text: 'Ended unexpectedly', icon: 'warning', tone: 'bad' };
  }
  return kinds[kind];
}

/** What is worth reading beside the kind and the session, in one line; empty for nothing. */
export function entryNote({ kind, reason, message, changes }: HistoryEntry): string {
  if (changes !== undefined) return changes.map(({ field }) => fieldLabel(field)).join(', ');
  if (kind === 'session-stopped' && reason !== undefined && reason !== 'failed') {
    return reason === 'stopped' ? '' : endReasonText(reason);
  }
  return withLocalTimes(message ?? '');
}

/** Instants of a message as this machine's clock shows them. */
export function withLocalTimes(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (instant) =>
    local.format(new Date(instant)),
  );
}

const local = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

const labels: Readonly<Record<string, string>> = {
  sessionName: 'Name',
  accountId: 'Account',
  accountName: 'Account name',
  roleName: 'Role',
  roleArn: 'Role',
  profileName: 'Profile',
  subscriptionId: 'Subscription',
  tenantId: 'Tenant',
  mfaSerial: 'MFA device',
  parentSessionId: 'Parent',
};

/** `defaultRegion` as `Default region`. */
export function fieldLabel(field: string): string {
  const known = labels[field];
  if (known !== undefined) return known;
  const words = field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of a field, for a person. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return value.length === 0 ? 'none' : value.join(', ');
  }
  return JSON.stringify(value);
}

/** Ids, and what the row already says. */
const unshown: ReadonlySet<string> = new Set(['type', 'sessionName', 'integrationId', 'idpId']);

/** The session at the start of its run: its fields with a value, as pairs of label and text. */
export function snapshotFacts(
  snapshot: Readonly<Record<string, unknown>>,
): readonly (readonly [label: string, text: string])[] {
  return Object.entries(snapshot)
    .filter(([name, value]) => !unshown.has(name) && hasValue(value))
    .map(([name, value]) => [fieldLabel(name), valueText(value)]);
}

function hasValue(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

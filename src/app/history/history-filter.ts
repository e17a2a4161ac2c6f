import { historyKindSchema, type HistoryEntry, type HistoryKind } from '../../models/history.ts';

/*
 * What the history page shows, as its address holds it and as the API takes it.
 */

export interface HistoryFilter {
  /** A sessionId. */
  readonly session: string;
  readonly group: KindGroup | '';
  /** As the API's `actor`. */
  readonly who: string;
  readonly since: Since;
  /** Renewals, reads and new tokens too, which are most of a long day’s entries. */
  readonly routine: boolean;
}

/** Since when, in days; `all` for everything. */
export const sinceChoices = {
  '1': 'Last 24 hours',
  '7': 'Last 7 days',
  '30': 'Last 30 days',
  '90': 'Last 90 days',
  all: 'All time',
} as const;
export type Since = keyof typeof sinceChoices;

const routineKinds: readonly HistoryKind[] = [
  'session-rotated',
  'credentials-read',
  'token-issued',
];

/** Kinds that belong together, in the order of the filter. */
export const kindGroups = {
  runs: {
    title: 'Starts and stops',
    kinds: ['session-started', 'session-stopped', 'session-extended', 'session-ending'],
  },
  failures: {
    title: 'Failures',
    kinds: [
      'rotation-failed',
      'credentials-expired',
      'section-restored',
      'key-rotation-failed',
      'session-stopped',
    ],
  },
  use: { title: 'Use by programs', kinds: ['lease-opened', 'lease-closed', 'credentials-read'] },
  questions: { title: 'Questions', kinds: ['prompt-raised', 'prompt-closed'] },
  signIns: { title: 'Sign-ins and syncs', kinds: ['login', 'logout', 'integration-synced'] },
  changes: {
    title: 'What was set up',
    kinds: [
      'session-created',
      'session-updated',
      'session-removed',
      'integration-created',
      'integration-updated',
      'integration-removed',
      'identity-provider-created',
      'identity-provider-updated',
      'identity-provider-removed',
      'settings-updated',
      'import-applied',
      'import-undone',
    ],
  },
  access: {
    title: 'Vault, keys and tokens',
    kinds: [
      'token-issued',
      'token-revoked',
      'keys-reset',
      'vault-locked',
      'vault-unlocked',
      'vault-rewrapped',
      'key-created',
      'key-deactivated',
      'key-deleted',
      'key-rotation-failed',
    ],
  },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly kinds: readonly HistoryKind[] }>
>;
export type KindGroup = keyof typeof kindGroups;

const days: readonly string[] = Object.keys(sinceChoices);

export function parseHistoryFilter(query: URLSearchParams): HistoryFilter {
  const group = query.get('kind') ?? '';
  const since = query.get('days') ?? '7';
  return {
    session: query.get('session') ?? '',
    group: group in kindGroups ? (group as KindGroup) : '',
    who: query.get('who') ?? '',
    since: days.includes(since) ? (since as Since) : '7',
    routine: query.get('routine') === 'show',
  };
}

/** Names no defaults. */
export function formatHistoryFilter(filter: HistoryFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.session !== '') query.set('session', filter.session);
  if (filter.group !== '') query.set('kind', filter.group);
  if (filter.who !== '') query.set('who', filter.who);
  if (filter.since !== '7') query.set('days', filter.since);
  if (filter.routine) query.set('routine', 'show');
  return query;
}

/** The query of `GET /v1/history` and of its export. `now`: milliseconds since the epoch. */
export function historyQuery(
  filter: HistoryFilter,
  now: number,
): {
  readonly session?: string;
  readonly actor?: string;
  readonly from?: string;
  readonly except?: HistoryKind[];
} {
  const wanted: readonly HistoryKind[] =
    filter.group === '' ? historyKindSchema.options : kindGroups[filter.group].kinds;
  const hidden =
    filter.routine || filter.group === 'use' || filter.group === 'access' ? [] : routineKinds;
  const except = historyKindSchema.options.filter(
    (kind) => !wanted.includes(kind) || hidden.includes(kind),
  );
  const from = new Date(now - Number(filter.since) * 86_400_000);
  return {
    ...(filter.session === '' ? {} : { session: filter.session }),
    ...(filter.who === '' ? {} : { actor: filter.who }),
    ...(filter.since === 'all' ? {} : { from: from.toISOString() }),
    ...(except.length === 0 ? {} : { except }),
  };
}

/** What the API's query cannot say: of the stops, only those that nobody asked for are failures. */
export function isShown(
  { kind, reason }: Pick<HistoryEntry, 'kind' | 'reason'>,
  { group }: HistoryFilter,
): boolean {
  if (group !== 'failures' || kind !== 'session-stopped') return true;
  return reason === 'failed' || reason === 'crashed' || reason === 'expired';
}

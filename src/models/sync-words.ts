import type { Integration, SyncProgress, SyncResult } from './integration.ts';

/** What a sync changed, for a person; only what is not nothing. */
export function syncWords({ added, changed, unchanged, vanished, skipped }: SyncResult): string {
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [unchanged, 'as they were'],
    [vanished, 'offered no more'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const words = said.length === 0 ? 'nothing is offered' : said.join(', ');
  if (skipped.length === 0) return words;
  return `${words}; nothing is told of ${skipped.join(', ')} yet`;
}

/** How far a sync has come, for a person; `total` is known by then. */
export function syncProgressWords(
  kind: Integration['kind'],
  { total = 0, done, found }: SyncProgress,
): string {
  return kind === 'awsSso'
    ? `${done} of ${total} accounts, ${found} roles`
    : `${done} of ${total} tenants, ${found} subscriptions`;
}

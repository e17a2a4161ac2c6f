import type { SyncResult } from '../../models/integration.ts';

/** What a sync changed, for the history: only what is not zero. */
export function syncResultText({
  added,
  changed,
  unchanged,
  vanished,
  skipped,
}: SyncResult): string {
  const counts = [
    [added, 'added'],
    [changed, 'changed'],
    [unchanged, 'unchanged'],
    [vanished, 'no longer available'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const text = parts.length === 0 ? 'nothing available' : parts.join(', ');
  return skipped.length === 0 ? text : `${text}; could not list ${skipped.join(', ')}`;
}

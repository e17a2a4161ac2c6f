import type { Schemas } from './client.ts';

/** What a sync changed, for the window and the command: only what is not zero. */
export function syncResultText({
  added,
  changed,
  unchanged,
  vanished,
}: Schemas['SyncResult']): string {
  const counts = { added, changed, unchanged, 'no longer available': vanished };
  const parts = Object.entries(counts).flatMap(([what, count]) =>
    count > 0 ? [`${count} ${what}`] : [],
  );
  return parts.join(', ') || 'nothing available';
}

/** The accounts or tenants that a sync could not list; undefined where it listed all. */
export function skippedText({ skipped }: Schemas['SyncResult']): string | undefined {
  return skipped.length === 0 ? undefined : `could not list ${skipped.join(', ')}`;
}

/** How far a sync has come, for the window and the command; `total` is known by then. */
export function syncProgressText(
  kind: Schemas['Integration']['kind'],
  { total = 0, done, found }: NonNullable<Schemas['Integration']['sync']>,
): string {
  return kind === 'awsSso'
    ? `${done} of ${total} accounts, ${found} roles`
    : `${done} of ${total} tenants, ${found} subscriptions`;
}

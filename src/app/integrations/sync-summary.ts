import { skippedText, syncResultText } from '../../client/sync-text.ts';
import type { Integration } from '../connection/owner-client.ts';

/** What a sync changed, and what it could not list. */
export function syncSummary(result: NonNullable<Integration['lastSyncResult']>): string {
  return [syncResultText(result), skippedText(result)]
    .filter((part) => part !== undefined)
    .join('; ');
}

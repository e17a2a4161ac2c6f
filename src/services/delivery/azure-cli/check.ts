import type { AzureCredentials } from '../../../models/credentials.ts';
import { valueOf } from '../shared/json/node.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import { isDefaultEntry, locationsOf, subscriptionValue } from './entries.ts';
import { markOf } from './ownership.ts';
import { isTokenOf, outlasts } from './write-plan.ts';
import { entriesOf, isAt, type Entry, type Root } from './tables.ts';

/**
 * Whether a session's entries are in both files and unchanged. Which subscription is the
 * default is the user's choice.
 */
export function checkEntries(
  roots: { readonly profile: Root; readonly cache: Root },
  target: SubscriptionTarget,
  credentials: AzureCredentials,
  owns: (entry: Entry) => boolean,
): 'intact' | 'missing' | 'altered' {
  const { sessionId } = target;
  const locations = locationsOf(target, credentials.account);
  const listed = entriesOf(roots.profile, ['subscriptions']).filter(isAt(locations.subscription));
  const account = entriesOf(roots.cache, ['Account']).find(isAt(locations.account));
  const token = entriesOf(roots.cache, ['AccessToken']).find(isAt(locations.token));
  const [ours] = listed;
  if (ours === undefined || account === undefined || token === undefined) return 'missing';
  const mark = markOf(ours.node);
  if (mark === undefined || listed.length > 1) return 'altered';
  const wanted = subscriptionValue(target, credentials.account, isDefaultEntry(ours), mark);
  const isListed =
    mark.sessions.includes(sessionId) &&
    JSON.stringify(valueOf(ours.node)) === JSON.stringify(wanted);
  const isServed = [account, token].every((entry) => {
    const shared = markOf(entry.node);
    if (!owns(entry) || shared === undefined) return true;
    return (
      shared.sessions.includes(sessionId) &&
      (entry !== token || isTokenOf(entry, credentials) || outlasts(entry, credentials))
    );
  });
  return isListed && isServed ? 'intact' : 'altered';
}

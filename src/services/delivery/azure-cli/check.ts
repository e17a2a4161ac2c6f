import type { AzureCredentials } from '../../../models/credentials.ts';
import { valueOf } from '../shared/json-file/value.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import { placesOf, subscriptionValue } from './entries.ts';
import { markOf } from './mark.ts';
import { isTokenOf, outlasts } from './write-plan.ts';
import { isDefaultEntry } from './remove-plan.ts';
import { entriesOf, isAt, type Entry } from './tables.ts';

/**
 * Whether a session's entries stand in both files as they were written; which subscription is the
 * default is the user's. Throws NotUnderstood.
 */
export function checkEntries(
  texts: { readonly profile: string; readonly cache: string },
  target: SubscriptionTarget,
  credentials: AzureCredentials,
  owns: (entry: Entry) => boolean,
): 'intact' | 'missing' | 'altered' {
  const { sessionId } = target;
  const places = placesOf(target, credentials.account);
  const listed = entriesOf(texts.profile, ['subscriptions']).filter(isAt(places.subscription));
  const account = entriesOf(texts.cache, ['Account']).find(isAt(places.account));
  const token = entriesOf(texts.cache, ['AccessToken']).find(isAt(places.token));
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

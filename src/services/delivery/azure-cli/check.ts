import type { AzureCredentials } from '../../../models/credentials.ts';
import { valueOf } from '../shared/json/node.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import { isDefaultEntry, locationsOf, subscriptionValue, tokensOf } from './entries.ts';
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
  const locations = locationsOf(target, credentials);
  const listed = entriesOf(roots.profile, ['subscriptions']).filter(isAt(locations.subscription));
  const account = entriesOf(roots.cache, ['Account']).find(isAt(locations.account));
  const entries = entriesOf(roots.cache, ['AccessToken']);
  const tokens = tokensOf(target, credentials).flatMap((token, nth) => {
    const entry = entries.find(isAt(locations.tokens[nth] ?? locations.account));
    return entry === undefined ? [] : [{ token, entry }];
  });
  const [ours] = listed;
  if (ours === undefined || account === undefined) return 'missing';
  if (tokens.length < locations.tokens.length) return 'missing';
  const mark = markOf(ours.node);
  if (mark === undefined || listed.length > 1) return 'altered';
  const wanted = subscriptionValue(target, credentials.account, isDefaultEntry(ours), mark);
  const isListed =
    mark.sessions.includes(sessionId) &&
    JSON.stringify(valueOf(ours.node)) === JSON.stringify(wanted);
  const isShared = (entry: Entry) => {
    const shared = markOf(entry.node);
    return !owns(entry) || shared === undefined || shared.sessions.includes(sessionId);
  };
  const isServed = tokens.every(
    ({ token, entry }) => !owns(entry) || isTokenOf(entry, token) || outlasts(entry, token),
  );
  const areShared = [account, ...tokens.map(({ entry }) => entry)].every(isShared);
  return isListed && isServed && areShared ? 'intact' : 'altered';
}

import type { AzureCredentials } from '../../../models/credentials.ts';
import { scalarIn, stringIn, valueOf } from '../shared/json-file/value.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import { claim, type Aside, type Claim } from './claim.ts';
import {
  accountValue,
  identityOf,
  placesOf,
  subscriptionPlace,
  subscriptionValue,
  tokenValue,
} from './entries.ts';
import { markKey, markOf, type Mark } from './mark.ts';
import { isDefaultEntry } from './remove-plan.ts';
import { entriesOf, isAt, type Entry, type MadeTable, type Place } from './tables.ts';

export interface WriteRequest {
  readonly target: SubscriptionTarget;
  readonly credentials: AzureCredentials;
  readonly replace: boolean;
  /** Sessions whose entries go with this delivery. */
  readonly supersedes: readonly string[];
  readonly home: string;
  /** In milliseconds. */
  readonly now: number;
  readonly owns: (entry: Entry) => boolean;
  /** What waits for its place in these files to be free. */
  readonly waiting: readonly (Place & { readonly index: number })[];
}

export type Plan =
  | Claim
  /** The Azure CLI refuses to tell two accounts of one name apart. */
  | { readonly kind: 'same-name' };

/** How the subscription gets into azureProfile.json. Pure. Throws NotUnderstood. */
export function planProfile(text: string, request: WriteRequest): Claim {
  const { target, credentials, home, owns, replace, waiting } = request;
  const place = subscriptionPlace(target);
  const hasDefault = entriesOf(text, ['subscriptions']).some(isDefaultEntry);
  return claim(text, place, {
    owns,
    replace,
    index: waiting.find(isAt(place))?.index,
    value: (before, isOurs) => {
      const wasDefault = before !== undefined && isDefaultEntry(before);
      // A choice that somebody made after us stays theirs.
      const isDefault = isOurs ? wasDefault : wasDefault || !hasDefault;
      const first = isOurs ? markOf(before?.node)?.isDefault : undefined;
      const mark = { home, sessions: [target.sessionId], isDefault: first ?? isDefault };
      return subscriptionValue(target, credentials.account, isDefault, mark);
    },
  });
}

/**
 * How account and token get into the token cache. Sessions of one account share its entries. Those
 * of the user's own sign-in stay, and az goes on with them: it can renew them. Pure. Throws
 * NotUnderstood.
 */
export function planTokenCache(text: string, request: WriteRequest): Plan {
  const { target, credentials, home, owns, replace, waiting } = request;
  const places = placesOf(target, credentials.account);
  if (hasOtherOfSameName(text, request)) return { kind: 'same-name' };
  const markOver = (before: Entry | undefined, isOurs: boolean): Mark => {
    const others = isOurs ? (markOf(before?.node)?.sessions ?? []) : [];
    return { home, sessions: [...new Set([...others, target.sessionId])].sort() };
  };
  const account = inPlace(text, places.account, {
    owns,
    replace: false,
    index: waiting.find(isAt(places.account))?.index,
    value: (before, isOurs) => accountValue(target, credentials.account, markOver(before, isOurs)),
  });
  const token = inPlace(account.text, places.token, {
    owns,
    replace,
    index: waiting.find(isAt(places.token))?.index,
    value: (before, isOurs) => {
      const mark = markOver(before, isOurs);
      const isShared = mark.sessions.length > 1;
      const stays = (entry: Entry) =>
        isTokenOf(entry, credentials) || (isShared && outlasts(entry, credentials));
      return isOurs && before !== undefined && stays(before)
        ? { ...(valueOf(before.node) as object), [markKey]: mark }
        : tokenValue(target, credentials, request.now, mark);
    },
  });
  return {
    kind: 'edit',
    text: token.text,
    aside: token.aside,
    made: [...account.made, ...token.made],
  };
}

/** Whether it is the token that these credentials hold. */
export function isTokenOf({ node }: Entry, { accessToken }: AzureCredentials): boolean {
  return stringIn(node, 'secret') === accessToken;
}

/** Whether it lasts longer than these credentials: another session's of the same account does. */
export function outlasts({ node }: Entry, { expiration }: AzureCredentials): boolean {
  return Number(scalarIn(node, 'expires_on')) * 1000 > Date.parse(expiration);
}

function hasOtherOfSameName(text: string, request: WriteRequest): boolean {
  const { target, credentials, owns, supersedes } = request;
  const [home, environment] = identityOf(target, credentials.account);
  const going = new Set([target.sessionId, ...supersedes]);
  return entriesOf(text, ['Account']).some((entry) => {
    const { node } = entry;
    const name = stringIn(node, 'username')?.toLowerCase();
    const goes = owns(entry) && (markOf(node)?.sessions ?? []).every((id) => going.has(id));
    return (
      !goes &&
      name === credentials.account.username.toLowerCase() &&
      stringIn(node, 'environment') === environment &&
      stringIn(node, 'home_account_id') !== home
    );
  });
}

function inPlace(
  text: string,
  place: Place,
  request: Parameters<typeof claim>[2],
): {
  readonly text: string;
  readonly aside: readonly Aside[];
  readonly made: readonly MadeTable[];
} {
  const planned = claim(text, place, request);
  return planned.kind === 'edit' ? planned : { text, aside: [], made: [] };
}

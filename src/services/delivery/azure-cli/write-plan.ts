import type { AzureCredentials, AzureToken } from '../../../models/credentials.ts';
import { scalarIn, stringIn, valueOf } from '../shared/json/node.ts';
import type { JsonNode } from '../shared/json/parse.ts';
import type { SubscriptionTarget } from '../delivery.ts';
import {
  accountValue,
  identityOf,
  isDefaultEntry,
  locationsOf,
  subscriptionLocation,
  subscriptionValue,
  tokenLocation,
  tokensOf,
  tokenValue,
} from './entries.ts';
import { markKey, markOf, type Mark } from './ownership.ts';
import {
  entriesOf,
  insertEntry,
  isAt,
  missingTable,
  removeEntry,
  rewriteEntry,
  type Entry,
  type Location,
  type MadeTable,
  type Root,
} from './tables.ts';

export interface WriteRequest {
  readonly target: SubscriptionTarget;
  readonly credentials: AzureCredentials;
  readonly replaceSection: boolean;
  /** Sessions whose entries this one takes over. */
  readonly supersedes: readonly string[];
  readonly home: string;
  /** In milliseconds since 1970. */
  readonly now: number;
  readonly owns: (entry: Entry) => boolean;
  /** What is stashed for these files. */
  readonly stashed: readonly (Location & { readonly index: number })[];
}

/** An entry of the user's own is there, and they did not allow Stint to stash it. */
interface Occupied {
  readonly kind: 'occupied';
  readonly entry: Entry;
}

interface Edit {
  readonly kind: 'edit';
  readonly root: Root;
  /** The user's entries that the new root lacks, to be stashed first. */
  readonly stash: readonly (Location & { readonly index: number; readonly node: JsonNode })[];
  readonly made: readonly MadeTable[];
}

export type WritePlan =
  | Occupied
  | Edit
  /** The Azure CLI cannot tell two accounts of one name apart. */
  | { readonly kind: 'same-name' };

/** How the subscription gets into azureProfile.json. Pure. */
export function planProfile(root: Root, request: WriteRequest): Occupied | Edit {
  const { target, credentials, home } = request;
  const hasDefault = entriesOf(root, ['subscriptions']).some(isDefaultEntry);
  const location = subscriptionLocation(target);
  return putEntry(root, location, request, (before, isOurs) => {
    const wasDefault = before !== undefined && isDefaultEntry(before);
    // A choice that somebody made after us stays.
    const isDefault = isOurs ? wasDefault : wasDefault || !hasDefault;
    const first = isOurs ? markOf(before?.node)?.isDefault : undefined;
    const mark = { home, sessions: [target.sessionId], isDefault: first ?? isDefault };
    return subscriptionValue(target, credentials.account, isDefault, mark);
  });
}

/**
 * How account and tokens get into the token cache. Sessions of one account share its entries. Those
 * of the user's own sign-in stay, and az keeps using them: it can renew them. Pure.
 */
export function planTokenCache(root: Root, request: WriteRequest): WritePlan {
  const { target, credentials, home } = request;
  const { account: location } = locationsOf(target, credentials);
  if (hasOtherOfSameName(root, request)) return { kind: 'same-name' };
  const markFor = (before: Entry | undefined, isOurs: boolean): Mark => {
    const others = isOurs ? (markOf(before?.node)?.sessions ?? []) : [];
    return { home, sessions: [...new Set([...others, target.sessionId])].sort() };
  };
  const account = putUnlessOccupied(
    root,
    location,
    { ...request, replaceSection: false },
    (before, isOurs) => accountValue(target, credentials.account, markFor(before, isOurs)),
  );
  return tokensOf(target, credentials).reduce((edit, token) => {
    const where = tokenLocation(target, credentials.account, token);
    const next = putUnlessOccupied(edit.root, where, request, (before, isOurs) => {
      const mark = markFor(before, isOurs);
      const isShared = mark.sessions.length > 1;
      const stays = (entry: Entry) =>
        isTokenOf(entry, token) || (isShared && outlasts(entry, token));
      return isOurs && before !== undefined && stays(before)
        ? { ...(valueOf(before.node) as object), [markKey]: mark }
        : tokenValue(target, credentials.account, token, request.now, mark);
    });
    return {
      kind: 'edit',
      root: next.root,
      stash: [...edit.stash, ...next.stash],
      made: [...edit.made, ...next.made],
    };
  }, account);
}

export function isTokenOf({ node }: Entry, { accessToken }: AzureToken): boolean {
  return stringIn(node, 'secret') === accessToken;
}

/** Whether the entry lasts longer than a token: that of another session of the account may. */
export function outlasts({ node }: Entry, { expiration }: AzureToken): boolean {
  return Number(scalarIn(node, 'expires_on')) * 1000 > Date.parse(expiration);
}

function hasOtherOfSameName(root: Root, request: WriteRequest): boolean {
  const { target, credentials, owns, supersedes } = request;
  const [home, environment] = identityOf(target, credentials.account);
  const ending = new Set([target.sessionId, ...supersedes]);
  return entriesOf(root, ['Account']).some((entry) => {
    const { node } = entry;
    const name = stringIn(node, 'username')?.toLowerCase();
    const ends = owns(entry) && (markOf(node)?.sessions ?? []).every((id) => ending.has(id));
    return (
      !ends &&
      name === credentials.account.username.toLowerCase() &&
      stringIn(node, 'environment') === environment &&
      stringIn(node, 'home_account_id') !== home
    );
  });
}

function putUnlessOccupied(...call: Parameters<typeof putEntry>): Edit {
  const planned = putEntry(...call);
  return planned.kind === 'edit' ? planned : { kind: 'edit', root: call[0], stash: [], made: [] };
}

/**
 * How an entry of ours gets to its location. `value` gets the entry that is there now, and whether
 * that is ours.
 */
function putEntry(
  root: Root,
  location: Location,
  request: Pick<WriteRequest, 'owns' | 'replaceSection' | 'stashed'>,
  value: (before: Entry | undefined, isOurs: boolean) => object,
): Occupied | Edit {
  const here = entriesOf(root, [location.table]).filter(isAt(location));
  const ours = here.find(request.owns);
  const theirs = here.filter((entry) => !request.owns(entry));
  if (theirs[0] !== undefined && !request.replaceSection) {
    return { kind: 'occupied', entry: theirs[0] };
  }
  const replaced = ours ?? theirs[0];
  const wanted = value(replaced, ours !== undefined);
  if (replaced === undefined) {
    const made = missingTable(root, location.table);
    // Where a stashed entry is restored later, ours is at its index.
    const index = request.stashed.find(isAt(location))?.index ?? Infinity;
    return {
      kind: 'edit',
      root: insertEntry(root, location, index, { value: wanted }),
      stash: [],
      made: made === undefined ? [] : [made],
    };
  }
  const isSame = JSON.stringify(valueOf(replaced.node)) === JSON.stringify(wanted);
  let after = isSame ? root : rewriteEntry(root, replaced, wanted);
  // From the last to the first, so that the indexes stay true; copies of ours are removed.
  for (const entry of here.toReversed()) {
    if (entry.index !== replaced.index) after = removeEntry(after, entry);
  }
  const stash = theirs.map(({ index, node }) => ({ ...location, index, node }));
  return { kind: 'edit', root: after, stash, made: [] };
}

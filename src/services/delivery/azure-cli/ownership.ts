import { createHash } from 'node:crypto';
import { memberOf, replaceAt, scalarIn, stringIn, valueOf } from '../shared/json/node.ts';
import type { JsonNode } from '../shared/json/parse.ts';
import { compactNode } from '../shared/json/style.ts';
import type { RunRow } from './journal.ts';
import { entriesOf, type Entry, type Root } from './tables.ts';

/**
 * What an entry of ours says in its member `stint`, a subscription in that of its `user`: there it
 * adds no column to what `az account list` prints. The Azure CLI and msal keep members they do not
 * know. A new sign-in writes an entry without it, which then is the user's.
 */
export interface Mark {
  /** Which Stint wrote it. */
  readonly home: string;
  /** Sessions that need the entry; it is removed with the last. */
  readonly sessions: readonly string[];
  /** Of a subscription: whether Stint made it the default. */
  readonly isDefault?: boolean;
}

export const markKey = 'stint';

/** Undefined in an entry that is not Stint's. */
export function markOf(entry: JsonNode | undefined): Mark | undefined {
  const mark = memberOf(memberOf(entry, 'user') ?? entry, markKey);
  const home = stringIn(mark, 'home');
  const sessions = memberOf(mark, 'sessions');
  if (home === undefined || sessions?.kind !== 'array') return undefined;
  const isDefault = scalarIn(mark, 'isDefault');
  return {
    home,
    sessions: sessions.children
      .map(({ node }) => valueOf(node))
      .filter((value) => typeof value === 'string'),
    ...(typeof isDefault === 'boolean' ? { isDefault } : {}),
  };
}

/** The entry with another value in a member of its mark, if it has that member. */
export function replaceInMark(
  entry: JsonNode,
  member: 'sessions' | 'isDefault',
  value: unknown,
): JsonNode {
  const path = memberOf(entry, 'user') === undefined ? [markKey] : ['user', markKey];
  return replaceAt(entry, [...path, member], compactNode(value));
}

/** Names the Stint whose journal that is. */
export function homeName(journalFile: string): string {
  return createHash('sha256').update(journalFile).digest('base64url').slice(0, 12);
}

/**
 * Recognises the entries of the Stint `home`: by their mark, which may be of a home that was moved
 * since, if it names a session in `runs`; and a subscription that the Azure CLI wrote again for an
 * account that only Stint added (`az account list --refresh`). `runs`: what the journal has for the
 * folder; `cache`: its token cache.
 */
export function ownedBy(
  home: string,
  runs: readonly RunRow[],
  cache: Root,
): (entry: Entry) => boolean {
  const sessions = new Set(runs.map(({ sessionId }) => sessionId));
  const keys = new Set(runs.flatMap(({ locations }) => locations.map(({ key }) => key)));
  const isMarked = (node: JsonNode) => {
    const mark = markOf(node);
    return (
      mark !== undefined && (mark.home === home || mark.sessions.some((id) => sessions.has(id)))
    );
  };
  const usernames = ownUsernames(cache, isMarked);
  return ({ table, key, node }) => {
    if (markOf(node) !== undefined || table !== 'subscriptions') return isMarked(node);
    const user = memberOf(node, 'user');
    const name = stringIn(user, 'name')?.toLowerCase() ?? '';
    return keys.has(key) && stringIn(user, 'type') === 'user' && usernames.has(name);
  };
}

/** Names of accounts that only Stint added, in lower case. */
function ownUsernames(cache: Root, isOwn: (node: JsonNode) => boolean): ReadonlySet<string> {
  const accounts = entriesOf(cache, ['Account']);
  const names = (wanted: boolean) =>
    accounts
      .filter(({ node }) => isOwn(node) === wanted)
      .flatMap(({ node }) => stringIn(node, 'username')?.toLowerCase() ?? []);
  const theirs = new Set(names(false));
  return new Set(names(true).filter((name) => !theirs.has(name)));
}

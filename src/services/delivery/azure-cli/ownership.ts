import type { JsonNode } from '../shared/json-file/parse.ts';
import { nodeIn, stringIn } from '../shared/json-file/value.ts';
import type { RunRow } from './journal.ts';
import { markOf } from './mark.ts';
import { entriesOf, type Entry } from './tables.ts';

/**
 * Tells the entries of the Stint `home` from all others: by their mark, which may be of a home that
 * has been moved since, if it names a session in `runs`; and a subscription that the Azure CLI wrote
 * anew through an account that only Stint put there (`az account list --refresh`). `runs`: what the
 * journal has about the folder, `cache`: the text of its token cache.
 */
export function ownerTest(
  home: string,
  runs: readonly RunRow[],
  cache: string,
): (entry: Entry) => boolean {
  const sessions = new Set(runs.map(({ sessionId }) => sessionId));
  const subscriptions = new Set(runs.flatMap(({ places }) => places.map(({ key }) => key)));
  const isMarked = (node: JsonNode) => {
    const mark = markOf(node);
    return (
      mark !== undefined && (mark.home === home || mark.sessions.some((id) => sessions.has(id)))
    );
  };
  const usernames = ownUsernames(cache, isMarked);
  return ({ table, key, node }) => {
    if (markOf(node) !== undefined || table !== 'subscriptions') return isMarked(node);
    const user = nodeIn(node, 'user');
    const name = stringIn(user, 'name')?.toLowerCase() ?? '';
    return subscriptions.has(key) && stringIn(user, 'type') === 'user' && usernames.has(name);
  };
}

/** Names of accounts that are there through Stint alone, in lower case. */
function ownUsernames(cache: string, isOwn: (node: JsonNode) => boolean): ReadonlySet<string> {
  const accounts = entriesOf(cache, ['Account']);
  const names = (wanted: boolean) =>
    accounts
      .filter(({ node }) => isOwn(node) === wanted)
      .flatMap(({ node }) => stringIn(node, 'username')?.toLowerCase() ?? []);
  const theirs = new Set(names(false));
  return new Set(names(true).filter((name) => !theirs.has(name)));
}

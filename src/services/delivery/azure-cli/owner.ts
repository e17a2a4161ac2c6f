import { stringIn, nodeIn } from '../json-file/value.ts';
import { markOf } from './mark.ts';
import { entriesOf, type Entry } from './tables.ts';

/** Names of accounts in a token cache that are there through Stint alone, in lower case. */
export function ownUsernames(cacheText: string, home: string): ReadonlySet<string> {
  const accounts = entriesOf(cacheText, ['Account']);
  const names = (isOwn: boolean) =>
    accounts
      .filter(({ node }) => (markOf(node)?.home === home) === isOwn)
      .flatMap(({ node }) => stringIn(node, 'username')?.toLowerCase() ?? []);
  const theirs = new Set(names(false));
  return new Set(names(true).filter((name) => !theirs.has(name)));
}

/**
 * Tells the entries of the Stint `home` from all others: by their mark; and a subscription that the
 * Azure CLI wrote anew through an account that only Stint put there (`az account list --refresh`).
 * `subscriptions`: keys of those that Stint has, or had until now.
 */
export function ownerTest(
  home: string,
  usernames: ReadonlySet<string>,
  subscriptions: ReadonlySet<string>,
): (entry: Entry) => boolean {
  return ({ table, key, node }) => {
    const mark = markOf(node);
    if (mark !== undefined || table !== 'subscriptions') return mark?.home === home;
    const user = nodeIn(node, 'user');
    const name = stringIn(user, 'name')?.toLowerCase() ?? '';
    return subscriptions.has(key) && stringIn(user, 'type') === 'user' && usernames.has(name);
  };
}

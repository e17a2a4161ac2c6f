import type { Session } from '../connection/owner-client.ts';
import { accountIn } from './account.ts';

export const groupings = ['status', 'account', 'integration', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const groupingTitles: Readonly<Record<Grouping, string>> = {
  status: 'By status',
  account: 'By account',
  integration: 'By integration',
  none: 'Not grouped',
};

const statusTitles: Readonly<Record<Session['status'], string>> = {
  active: 'Active',
  pending: 'Starting',
  inactive: 'Inactive',
};

/** Whether a group holds the sessions of one status. */
export function isStatusKey(key: string): boolean {
  return key in statusTitles;
}

/** Sessions listed together. */
export interface Group {
  /** Unique among the groups of a list. */
  readonly key: string;
  /** Empty for a group without a head. */
  readonly title: string;
  /** The id of the account. */
  readonly id?: string | undefined;
  readonly isAzure?: boolean | undefined;
  readonly sessions: readonly Session[];
}

/*
 * The builder of the window replaces a spread of an object by a function that takes ten times as long. Here, and
 * wherever something is made for each of thousands of sessions, objects are written out.
 */

type Head = Pick<Group, 'key' | 'title' | 'id' | 'isAzure'>;

/** The heads of accounts, by their names: each is asked for at each key of a search. */
const accountHeads = new WeakMap<ReadonlyMap<string, string>, WeakMap<Session, Head>>();

interface Names {
  readonly accountNames: ReadonlyMap<string, string>;
  /** The name of a session's integration or identity provider. */
  readonly sourceOf: (session: Session) => string | undefined;
}

/** The groups in the order of their first sessions, which keep their order. */
export function groupsOf(
  sessions: readonly Session[],
  grouping: Grouping,
  names: Names,
): readonly Group[] {
  if (grouping === 'none') return [{ key: 'all', title: '', sessions }];
  const groups = new Map<string, { readonly head: Head; readonly sessions: Session[] }>();
  for (const session of sessions) {
    const head = headOf(session, grouping, names);
    const group = groups.get(head.key);
    if (group === undefined) groups.set(head.key, { head, sessions: [session] });
    else group.sessions.push(session);
  }
  return Array.from(groups.values(), ({ head, sessions: members }) => ({
    key: head.key,
    title: head.title,
    id: head.id,
    isAzure: head.isAzure,
    sessions: members,
  }));
}

function headOf(
  session: Session,
  grouping: Exclude<Grouping, 'none'>,
  { accountNames, sourceOf }: Names,
): Head {
  switch (grouping) {
    case 'status':
      return { key: session.status, title: statusTitles[session.status] };
    case 'integration': {
      const source = sourceOf(session);
      return source === undefined
        ? { key: 'none', title: 'Without integration' }
        : { key: `source ${source}`, title: source };
    }
    case 'account': {
      let heads = accountHeads.get(accountNames);
      if (heads === undefined) accountHeads.set(accountNames, (heads = new WeakMap()));
      let head = heads.get(session);
      if (head === undefined) heads.set(session, (head = accountHead(session, accountNames)));
      return head;
    }
  }
}

function accountHead(session: Session, names: ReadonlyMap<string, string>): Head {
  const account = accountIn(session, names);
  if (account === undefined) return { key: 'none', title: 'Account not known' };
  const { id, name, idText } = account;
  return {
    key: id,
    title: name,
    id: name === idText ? undefined : idText,
    isAzure: session.type === 'azure',
  };
}

/** The environment that all of them have; undefined where they differ. */
export function commonEnvironment(
  sessions: readonly Session[],
  environmentOf: (session: Session) => string | undefined,
): string | undefined {
  const [one] = sessions;
  const first = one === undefined ? undefined : environmentOf(one);
  return sessions.every((session) => environmentOf(session) === first) ? first : undefined;
}

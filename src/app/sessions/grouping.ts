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

/** Sessions listed together. */
export interface Group {
  /** Unique among the groups of a list. */
  readonly key: string;
  /** Empty for a group without a head. */
  readonly title: string;
  /** The id of the account. */
  readonly id?: string;
  readonly isAzure?: boolean;
  /** That of all its sessions. */
  readonly environment?: string | undefined;
  readonly sessions: readonly Session[];
}

interface Names {
  readonly accountNames: ReadonlyMap<string, string>;
  /** The name of a session's integration or identity provider. */
  readonly sourceOf: (session: Session) => string | undefined;
  readonly environmentOf: (session: Session) => string | undefined;
}

/** The groups in the order of their first sessions, which keep their order. */
export function groupsOf(
  sessions: readonly Session[],
  grouping: Grouping,
  names: Names,
): readonly Group[] {
  if (grouping === 'none') return [{ key: 'all', title: '', sessions }];
  const groups = new Map<string, Omit<Group, 'sessions'> & { readonly sessions: Session[] }>();
  for (const session of sessions) {
    const head = headOf(session, grouping, names);
    const group = groups.get(head.key);
    if (group === undefined) groups.set(head.key, { ...head, sessions: [session] });
    else group.sessions.push(session);
  }
  return [...groups.values()].map((group) => ({
    ...group,
    ...(grouping === 'account' ? { environment: commonEnvironment(group.sessions, names) } : {}),
  }));
}

function headOf(
  session: Session,
  grouping: Exclude<Grouping, 'none'>,
  { accountNames, sourceOf }: Names,
): Omit<Group, 'sessions'> {
  switch (grouping) {
    case 'status':
      return session.status === 'inactive'
        ? { key: 'inactive', title: 'Inactive' }
        : { key: 'active', title: 'Active' };
    case 'integration': {
      const source = sourceOf(session);
      return source === undefined
        ? { key: 'none', title: 'Without integration' }
        : { key: `source ${source}`, title: source };
    }
    case 'account': {
      const account = accountIn(session, accountNames);
      if (account === undefined) return { key: 'none', title: 'Account not known' };
      const { id, name, idText } = account;
      return {
        key: id,
        title: name,
        ...(name === idText ? {} : { id: idText }),
        isAzure: session.type === 'azure',
      };
    }
  }
}

function commonEnvironment(
  sessions: readonly Session[],
  { environmentOf }: Names,
): string | undefined {
  const [first, ...rest] = sessions.map(environmentOf);
  return rest.every((environment) => environment === first) ? first : undefined;
}

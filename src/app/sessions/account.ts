import type { Session } from '../connection/owner-client.ts';
import { accountOf, roleOf, spaced } from './session-text.ts';

/** The AWS account or Azure subscription of a session. */
export interface Account {
  readonly id: string;
  /** Its id if it has no name. */
  readonly name: string;
  /** As people read it: AWS accounts with hyphens. */
  readonly idText: string;
}

/** The names of the accounts that integrations know, by id. */
export function accountNames(sessions: readonly Session[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const session of sessions) {
    if (session.type === 'awsSsoRole') names.set(session.accountId, session.accountName);
  }
  return names;
}

/** Undefined if neither the session nor one of its ARNs names it. */
export function accountIn(
  session: Session,
  names: ReadonlyMap<string, string>,
): Account | undefined {
  if (session.type === 'azure') {
    const { subscriptionId: id, subscriptionName: name } = session;
    return { id, name, idText: id };
  }
  const id = accountOf(session);
  if (id === undefined) return undefined;
  const idText = spaced(id);
  return { id, name: names.get(id) ?? idText, idText };
}

/** A session's name in two parts: the role, if the name ends with it, and what is before it. */
export function nameParts(session: Session): { readonly before: string; readonly role: string } {
  const { sessionName } = session;
  const role = roleOf(session);
  const ending = ` / ${role ?? ''}`;
  if (role === undefined || !sessionName.endsWith(ending)) return { before: sessionName, role: '' };
  return { before: sessionName.slice(0, -ending.length), role };
}

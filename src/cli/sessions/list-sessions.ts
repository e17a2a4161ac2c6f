import { allSessions } from '../../client/all-sessions.ts';
import type { Client } from '../../client/client.ts';
import type { QueryOf } from '../../client/routes.ts';
import { rethrowAsTyped } from '../arguments/typed-names.ts';
import { printList, type ListOutput } from '../terminal/list-output.ts';
import { say, type Printer } from '../terminal/shell.ts';
import { renewalLines } from './renewal-text.ts';
import { brokenLines, sessionColumns } from './session-text.ts';

/** What `stint session list` is asked for. */
export interface ListFlags extends ListOutput {
  readonly active?: boolean;
  readonly archived?: boolean;
  readonly hidden?: boolean;
  readonly type?: string;
  readonly label?: readonly string[];
  readonly query?: string;
  readonly sort?: string;
}

const typedNames = {
  active: '--active',
  archived: '--archived',
  hidden: '--hidden',
  type: '--type',
  label: '--label',
  q: '--query',
  sort: '--sort',
};

/**
 * Lists the sessions that the owner has. Throws what the client throws, and CommandFailure 'usage' for
 * flags that cannot be. `fields`: of each session the owner sends only these, not all.
 */
export async function listSessions(
  owner: Pick<Client, 'request'>,
  shell: Printer,
  flags: ListFlags,
  fields?: readonly string[],
): Promise<void> {
  const query = {
    ...queryOf(flags),
    ...(fields === undefined ? {} : { fields: fields.join(',') }),
  };
  const sessions = await allSessions(owner, query).catch(rethrowAsTyped(typedNames));
  const isSynced = sessions.items.some((one) => 'integrationId' in one);
  const { items: integrations } = isSynced
    ? await owner.request('GET', '/v1/integrations')
    : { items: [] };
  const names = new Map(integrations.map((one) => [one.integrationId, one.name]));
  const count = printList(shell, sessions.items, sessionColumns(shell, names), flags);
  for (const line of brokenLines(sessions.broken ?? [])) say(shell, line);
  for (const line of renewalLines(sessions.items)) say(shell, line);
  if (count > 0 || sessions.broken !== undefined || flags.json === true) return;
  const isFiltered = Object.keys(queryOf(flags)).some((name) => name !== 'sort');
  say(
    shell,
    isFiltered
      ? 'No session matches.'
      : 'There are no sessions yet. Add one: stint session add --help',
  );
}

/** The API decides which values are valid. */
function queryOf({
  active,
  archived,
  hidden,
  type,
  label,
  query: q,
  sort,
}: ListFlags): QueryOf<'GET', '/v1/sessions'> {
  const given = { active, archived, hidden, type, label, q, sort };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value === true ? 'true' : value]],
    ),
  );
}

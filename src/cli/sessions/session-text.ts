import { styleText } from 'node:util';
import type { Session } from '../../models/session.ts';
import type { BrokenSession } from '../../models/workspace.ts';
import { printable } from '../../models/printable.ts';
import { hasColour, type Printer } from '../terminal/shell.ts';
import { accountId, type Reaching } from './account-text.ts';
import type { Column } from '../terminal/table.ts';
import { typeText } from './type-text.ts';
import { instantText } from '../terminal/instant-text.ts';
import { timeLeft } from './time-left.ts';

/** What the command shows of a session. The API's type has more. */
export type ShownSession = Pick<
  Session,
  | 'sessionId'
  | 'sessionName'
  | 'status'
  | 'type'
  | 'region'
  | 'startDateTime'
  | 'run'
  | 'credentialsExpireAt'
  | 'clockOffsetSeconds'
  | 'archivedAt'
> & { readonly profileName?: string };

export type ListedSession = ShownSession &
  Reaching & {
    readonly integrationId?: string;
    readonly environment?: string | undefined;
    readonly labels?: readonly string[] | undefined;
  };

type FieldOf<Each> = Each extends unknown ? keyof Each : never;

/** All that `session list` shows of a session. */
export const listedFields = Object.keys({
  sessionId: true,
  sessionName: true,
  status: true,
  type: true,
  region: true,
  startDateTime: true,
  run: true,
  credentialsExpireAt: true,
  clockOffsetSeconds: true,
  archivedAt: true,
  profileName: true,
  accountId: true,
  roleName: true,
  roleArn: true,
  subscriptionId: true,
  tenantId: true,
  integrationId: true,
  environment: true,
  labels: true,
} satisfies Record<FieldOf<ListedSession>, true>);

/** The columns of `session list`. `integrations`: their names by id. */
export function sessionColumns(
  shell: Printer,
  integrations: ReadonlyMap<string, string>,
): readonly Column<ListedSession>[] {
  const paint = (text: string, { status }: ShownSession) =>
    status === 'inactive' || !hasColour(shell)
      ? text
      : styleText(status === 'active' ? 'green' : 'yellow', text, { validateStream: false });
  const integration = ({ integrationId = '' }: ListedSession) =>
    integrations.get(integrationId) ?? '';
  return [
    {
      title: 'status',
      value: (one) => (one.archivedAt === undefined ? one.status : 'archived'),
      paint,
    },
    { title: 'name', value: (one) => one.sessionName, yields: 0 },
    { title: 'account', value: accountId, yields: 1 },
    { title: 'type', value: (one) => typeText(one.type), yields: 3 },
    { title: 'integration', value: integration, yields: 6, onRequest: integrations.size === 0 },
    { title: 'profile', value: (one) => one.profileName ?? '', yields: 5 },
    { title: 'region', value: (one) => one.region, yields: 4 },
    { title: 'started', value: (one) => instantText(one.startDateTime), yields: 7 },
    { title: 'time left', value: (one) => timeLeft(one), yields: 2 },
    { title: 'environment', value: (one) => one.environment ?? '', onRequest: true },
    { title: 'labels', value: (one) => (one.labels ?? []).join(' '), onRequest: true },
    { title: 'id', value: (one) => one.sessionId, onRequest: true },
  ];
}

/** One line for each entry of the workspace that Stint cannot read. */
export function brokenLines(broken: readonly BrokenSession[]): readonly string[] {
  return broken.map(({ sessionId, sessionName, message }) =>
    printable(`broken: ${sessionName ?? sessionId ?? 'a session without a name'}: ${message}`),
  );
}

import * as z from 'zod';
import { allSessions } from '../../../client/all-sessions.ts';
import { awsSsoRoleFieldsSchema, azureFieldsSchema } from '../../../models/session-fields.ts';
import type { Context } from '../../context.ts';
import type { SessionView } from '../../owner/owner-client.ts';
import { pick } from '../../terminal/picker.ts';
import { askFor, type Fields, type Question } from './question.ts';

/*
 * What the provider has listed: the last sync made a session for each account and role, or tenant and
 * subscription. What it did not list can be typed.
 */

const sso = awsSsoRoleFieldsSchema.shape;
const azure = azureFieldsSchema.shape;

export const accountQuestion: Question = {
  field: 'accountId',
  ask: (context, fields) =>
    offer(context, fields, {
      type: 'awsSsoRole',
      question: 'Which account?',
      other: 'Another account',
      fieldsOf: (one) =>
        one.type === 'awsSsoRole'
          ? {
              accountId: one.accountId,
              accountName: one.accountName,
              ...(one.email === undefined ? {} : { email: one.email }),
            }
          : undefined,
      label: ({ accountName, accountId }) => `${String(accountName)}  ${String(accountId)}`,
      key: ({ accountId }) => accountId,
      ask: async () => ({
        accountId: await askFor(context.shell, 'Account id (12 digits)', sso.accountId),
      }),
    }),
};

export const roleNameQuestion: Question = {
  field: 'roleName',
  ask: (context, fields) =>
    offer(context, fields, {
      type: 'awsSsoRole',
      question: 'Which role?',
      other: 'Another role',
      fieldsOf: (one) =>
        one.type === 'awsSsoRole' && one.accountId === fields['accountId']
          ? { roleName: one.roleName }
          : undefined,
      label: ({ roleName }) => String(roleName),
      key: ({ roleName }) => roleName,
      ask: async () => ({
        roleName: await askFor(context.shell, 'Role (permission set)', sso.roleName),
      }),
    }),
};

export const tenantQuestion: Question = {
  field: 'tenantId',
  ask: (context, fields) =>
    offer(context, fields, {
      type: 'azure',
      question: 'Which tenant?',
      other: 'Another tenant',
      fieldsOf: (one) => (one.type === 'azure' ? { tenantId: one.tenantId } : undefined),
      label: ({ tenantId }) => String(tenantId),
      key: ({ tenantId }) => tenantId,
      ask: async () => ({ tenantId: await askFor(context.shell, 'Tenant id', azure.tenantId) }),
    }),
};

export const subscriptionQuestion: Question = {
  field: 'subscriptionId',
  ask: (context, fields) =>
    offer(context, fields, {
      type: 'azure',
      question: 'Which subscription?',
      other: 'Another subscription',
      fieldsOf: (one) =>
        one.type === 'azure' && one.tenantId === fields['tenantId']
          ? { subscriptionId: one.subscriptionId, subscriptionName: one.subscriptionName }
          : undefined,
      label: ({ subscriptionName, subscriptionId }) =>
        `${String(subscriptionName)}  ${String(subscriptionId)}`,
      key: ({ subscriptionId }) => subscriptionId,
      ask: async () => ({
        subscriptionId: await askFor(context.shell, 'Subscription id', azure.subscriptionId),
      }),
    }),
};

interface Offer {
  readonly type: SessionView['type'];
  readonly question: string;
  readonly other: string;
  /** What of a listed session answers the question; undefined if it does not belong here. */
  readonly fieldsOf: (session: SessionView) => Fields | undefined;
  readonly label: (fields: Fields) => string;
  readonly key: (fields: Fields) => unknown;
  /** For what was not listed. */
  readonly ask: () => Promise<Fields>;
}

async function offer(
  { owner, shell }: Context,
  { integrationId }: Fields,
  { type, question, other, fieldsOf, label, key, ask }: Offer,
): Promise<Fields> {
  const integration = z.string().parse(integrationId);
  const query = { type, integration, hidden: 'true', archived: 'true' } as const;
  const { items } = await allSessions(owner, query);
  const listed = new Map(
    items.flatMap((one) => {
      const fields = fieldsOf(one);
      return fields === undefined ? [] : [[key(fields), fields] as const];
    }),
  );
  if (listed.size === 0) return await ask();
  const choices = [...listed.values()]
    .map((fields) => ({ label: label(fields), value: fields }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
  const last = { label: other, value: undefined };
  return (await pick<Fields | undefined>(shell, question, [...choices, last])) ?? (await ask());
}

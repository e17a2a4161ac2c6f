import { awsPartitionOf, awsRegions } from '../../models/aws-region.ts';
import type { SessionType } from '../../models/session-fields.ts';
import type { Session } from '../connection/owner-client.ts';
import type { Choice } from '../fields/choice.ts';
import { textIn, type Values } from '../fields/form-field.ts';
import { spaced } from '../sessions/session-text.ts';
import type { Offer } from './session-field.ts';

type SsoRole = Extract<Session, { type: 'awsSsoRole' }>;
type Azure = Extract<Session, { type: 'azure' }>;

const byName = new Intl.Collator('en', { numeric: true });

/**
 * What a field offers, from the sessions there are: synced ones are what the integrations found
 * last. `values`: of the form so far.
 */
export function offersFor(
  offer: Offer,
  {
    type,
    sessions,
    values,
  }: {
    readonly type: SessionType;
    readonly sessions: readonly Session[];
    readonly values: Values;
  },
): readonly Choice[] {
  const integrationId = textIn(values, 'integrationId');
  const ofIntegration = <S extends SsoRole | Azure>(all: readonly S[]) =>
    all.filter((one) => integrationId === '' || one.integrationId === integrationId);
  const roles = () => ofIntegration(sessions.filter((one) => one.type === 'awsSsoRole'));
  const azure = () => ofIntegration(sessions.filter((one) => one.type === 'azure'));
  switch (offer) {
    case 'region':
      return regions(type, sessions, textIn(values, 'roleArn'));
    case 'account':
      return distinct(
        roles().map(({ accountId, accountName }) => ({
          value: accountId,
          label: accountId,
          about: accountName,
        })),
      ).sort((a, b) => byName.compare(a.about, b.about));
    case 'account-role':
      return roleChoices(roles(), textIn(values, 'accountId'));
    case 'tenant':
      return distinct(azure().map(({ tenantId }) => ({ value: tenantId, label: tenantId })));
    case 'subscription':
      return distinct(
        azure().map(({ subscriptionId, subscriptionName }) => ({
          value: subscriptionId,
          label: subscriptionId,
          about: subscriptionName,
        })),
      ).sort((a, b) => byName.compare(a.about, b.about));
  }
}

/** Those in use first, then every region of the role's partition; Azure's are those in use. */
function regions(
  type: SessionType,
  sessions: readonly Session[],
  roleArn: string,
): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const one of sessions) {
    if ((one.type === 'azure') !== (type === 'azure')) continue;
    counts.set(one.region, (counts.get(one.region) ?? 0) + 1);
  }
  const used = [...counts].sort(([, a], [, b]) => b - a).map(([region]) => region);
  const partition = /^arn:([^:]+):/.exec(roleArn)?.[1];
  const known =
    type === 'azure'
      ? []
      : awsRegions.filter(
          (region) => partition === undefined || awsPartitionOf(region) === partition,
        );
  return [...new Set([...used, ...known])].map((region) => {
    const count = counts.get(region);
    return {
      value: region,
      label: region,
      ...(count === undefined ? {} : { about: count === 1 ? '1 session' : `${count} sessions` }),
    };
  });
}

/** The roles of the account first; without one, those of every account. */
function roleChoices(roles: readonly SsoRole[], accountId: string): readonly Choice[] {
  const own = roles.filter((one) => accountId === '' || one.accountId === accountId);
  const added = new Set(own.map(({ roleName }) => roleName));
  const all = distinct(roles.map(({ roleName }) => ({ value: roleName, label: roleName })));
  return all
    .map((choice) =>
      accountId !== '' && added.has(choice.value)
        ? { ...choice, about: `Already added for ${spaced(accountId)}` }
        : choice,
    )
    .sort(
      (a, b) =>
        Number(added.has(b.value)) - Number(added.has(a.value)) || byName.compare(a.label, b.label),
    );
}

/**
 * The values that go with one that was chosen: the name of an account, or the tenant and the name of
 * a subscription. Those that were typed otherwise stay.
 */
export function valuesWith(
  name: string,
  value: string,
  { sessions, values }: { readonly sessions: readonly Session[]; readonly values: Values },
): Readonly<Record<string, string>> {
  const given = (names: Readonly<Record<string, string>>, known: ReadonlySet<string>) =>
    Object.fromEntries(
      Object.entries(names).filter(([field]) => {
        const before = textIn(values, field);
        return before === '' || known.has(before);
      }),
    );
  if (name === 'accountId') {
    const roles = sessions.filter((one) => one.type === 'awsSsoRole');
    const found = roles.find(({ accountId }) => accountId === value);
    if (found === undefined) return {};
    const names = new Set(roles.map(({ accountName }) => accountName));
    return given({ accountName: found.accountName }, names);
  }
  if (name === 'roleName') {
    const accountName = textIn(values, 'accountName');
    const isKnown = sessions.some((one) => one.type === 'awsSsoRole' && one.roleName === value);
    return accountName === '' || !isKnown
      ? {}
      : given({ sessionName: `${accountName} / ${value}` }, new Set());
  }
  if (name === 'subscriptionId') {
    const all = sessions.filter((one) => one.type === 'azure');
    const found = all.find(({ subscriptionId }) => subscriptionId === value);
    if (found === undefined) return {};
    const { subscriptionName, tenantId } = found;
    const known = new Set(all.flatMap((one) => [one.subscriptionName, one.tenantId]));
    return given({ subscriptionName, tenantId }, known);
  }
  return {};
}

function distinct<C extends Choice>(choices: readonly C[]): C[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}

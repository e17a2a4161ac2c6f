import type { Session } from '../connection/owner-client.ts';
import { accountIn } from './account.ts';
import { stateNames, type State } from './session-state.ts';
import { typeText } from './session-text.ts';

/** What sessions can be filtered by. */
export const filterFields = [
  'status',
  'type',
  'account',
  'region',
  'environment',
  'label',
] as const;
export type FilterField = (typeof filterFields)[number];

export const filterTitles: Readonly<Record<FilterField, string>> = {
  status: 'Status',
  type: 'Type',
  account: 'Account',
  region: 'Region',
  environment: 'Environment',
  label: 'Label',
};

/** The chosen values of each field: a session has one of them, in every field. */
export type Filters = Readonly<Partial<Record<FilterField, readonly string[]>>>;

export interface FilterChoice {
  readonly value: string;
  readonly text: string;
  readonly count: number;
}

/** What the fields depend on beside the session. */
export interface FilterContext {
  readonly accountNames: ReadonlyMap<string, string>;
  readonly stateOf: (session: Session) => State;
  readonly environmentOf: (session: Session) => string | undefined;
}

interface Value {
  readonly value: string;
  readonly text: string;
}

/** The fields by which the filters decide. */
export function chosenFields(filters: Filters): readonly FilterField[] {
  return filterFields.filter((field) => (filters[field]?.length ?? 0) > 0);
}

export function matchesFilters(
  session: Session,
  filters: Filters,
  context: FilterContext,
): boolean {
  return filterFields.every((field) => {
    const chosen = filters[field];
    if (chosen === undefined || chosen.length === 0) return true;
    return valuesOf(session, field, context).some(({ value }) => chosen.includes(value));
  });
}

/** The values that the sessions have in a field, the most common first; chosen ones are always among them. */
export function filterChoices(
  sessions: readonly Session[],
  field: FilterField,
  chosen: readonly string[],
  context: FilterContext,
): readonly FilterChoice[] {
  const choices = new Map<string, FilterChoice>(
    chosen.map((value) => [value, { value, text: filterText(field, value, context), count: 0 }]),
  );
  for (const session of sessions) {
    for (const { value, text } of valuesOf(session, field, context)) {
      const count = (choices.get(value)?.count ?? 0) + 1;
      choices.set(value, { value, text, count });
    }
  }
  return [...choices.values()].sort(
    (a, b) => b.count - a.count || a.text.localeCompare(b.text, 'en', { numeric: true }),
  );
}

/** A chosen value for people. */
export function filterText(field: FilterField, value: string, context: FilterContext): string {
  if (field === 'status') return stateNames[value as State];
  if (field === 'account') return context.accountNames.get(value) ?? value;
  if (field === 'type') return typeText({ type: value } as Session);
  return value;
}

function valuesOf(session: Session, field: FilterField, context: FilterContext): readonly Value[] {
  switch (field) {
    case 'status': {
      const state = context.stateOf(session);
      return [{ value: state, text: stateNames[state] }];
    }
    case 'type':
      return [{ value: session.type, text: typeText({ type: session.type } as Session) }];
    case 'account': {
      const account = accountIn(session, context.accountNames);
      return account === undefined ? [] : [{ value: account.id, text: account.name }];
    }
    case 'region':
      return [{ value: session.region, text: session.region }];
    case 'environment': {
      const environment = context.environmentOf(session);
      return environment === undefined ? [] : [{ value: environment, text: environment }];
    }
    case 'label':
      return session.labels.map((label) => ({ value: label, text: label }));
  }
}

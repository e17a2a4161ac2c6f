import { describe, expect, it } from 'vitest';
import { isActive } from '../../../src/models/active.ts';
import { accountNames } from '../../../src/app/sessions/account.ts';
import { sorted, nextOrder } from '../../../src/app/sessions/column-order.ts';
import {
  commonEnvironment,
  groupsOf,
  isStatusKey,
  type Grouping,
} from '../../../src/app/sessions/grouping.ts';
import {
  filterChoices,
  matchesFilters,
  type FilterContext,
} from '../../../src/app/sessions/session-filter.ts';
import { failureOf, stateOf } from '../../../src/app/sessions/session-state.ts';
import { iamUser, ssoRole } from './app-sessions.ts';

const failedEnd = { reason: 'failed', at: '2026-01-01T10:00:00Z', message: 'AWS refused it.' };
const operator = ssoRole('payments-prod', 'Operator', { environment: 'production' });
const reader = ssoRole('payments-prod', 'Reader', {
  environment: 'production',
  lastEnd: failedEnd,
  startDateTime: '2026-01-01T09:00:00Z',
});
const dev = ssoRole('orders-dev', 'Reader', {
  accountId: '771930215567',
  labels: ['platform'],
  startDateTime: '2026-01-02T09:00:00Z',
});
const breakGlass = iamUser('break-glass', {
  status: 'active',
  mfaSerial: 'arn:aws:iam::447109328810:mfa/anna',
});
const stray = iamUser('stray');
const all = [breakGlass, operator, reader, dev, stray];
const names = accountNames(all);
const sourceOf = () => undefined;
const environmentOf = (session: (typeof all)[number]) => session.environment;
const groups = (grouping: Grouping) => groupsOf(all, grouping, { accountNames: names, sourceOf });

describe('sessions are grouped', () => {
  it('by account, also those that only an ARN places there; an account has the environment of all its sessions', () => {
    expect(
      groups('account').map(({ title, id, sessions }) => [
        title,
        id,
        commonEnvironment(sessions, environmentOf),
        sessions.map(({ sessionName }) => sessionName),
      ]),
    ).toEqual([
      [
        'payments-prod',
        '4471-0932-8810',
        undefined,
        ['break-glass', 'payments-prod / Operator', 'payments-prod / Reader'],
      ],
      ['orders-dev', '7719-3021-5567', undefined, ['orders-dev / Reader']],
      ['Account not known', undefined, undefined, ['stray']],
    ]);
    expect(commonEnvironment([operator, reader], environmentOf)).toBe('production');
  });

  it('by status, where one that is starting is not active', () => {
    const starting = iamUser('starting', { status: 'pending' });
    const shown = groupsOf([breakGlass, starting, stray], 'status', {
      accountNames: names,
      sourceOf,
    });
    expect(shown.map(({ title }) => title)).toEqual(['Active', 'Starting', 'Inactive']);
    expect(shown.every(({ key }) => isStatusKey(key))).toBe(true);
    expect([breakGlass, starting, stray].filter(isActive)).toEqual([breakGlass]);
  });

  it('by status, or not at all', () => {
    expect(groups('status').map(({ title, sessions }) => [title, sessions.length])).toEqual([
      ['Active', 1],
      ['Inactive', 4],
    ]);
    expect(groups('none')).toEqual([{ key: 'all', title: '', sessions: all }]);
  });
});

describe('the filters', () => {
  const context: FilterContext = {
    accountNames: names,
    stateOf: (session) => stateOf(session, false),
    environmentOf,
  };
  const found = (filters: Parameters<typeof matchesFilters>[1]) =>
    all.filter((session) => matchesFilters(session, filters, context));

  it('list what has one of the values, in every field', () => {
    expect(found({ account: ['447109328810'] })).toEqual([breakGlass, operator, reader]);
    expect(found({ status: ['failed', 'active'] })).toEqual([breakGlass, reader]);
    expect(found({ label: ['platform'], type: ['awsSsoRole'] })).toEqual([dev]);
    expect(found({ label: ['platform'], type: ['awsIamUser'] })).toEqual([]);
  });

  it('offer the values there are, the most common first, and a chosen one that no session has', () => {
    expect(filterChoices(all, 'account', ['111122223333'], context)).toEqual([
      { value: '447109328810', text: 'payments-prod', count: 3 },
      { value: '771930215567', text: 'orders-dev', count: 1 },
      { value: '111122223333', text: '111122223333', count: 0 },
    ]);
  });
});

describe('a column', () => {
  it('sorts in its usual direction, then the other, then not at all; sessions without a value are last', () => {
    const first = nextOrder(undefined, 'started');
    expect(first).toEqual({ column: 'started', descending: true });
    expect(sorted(all, first, { sourceOf, environmentOf }).slice(0, 2)).toEqual([dev, reader]);
    const second = nextOrder(first, 'started');
    expect(sorted(all, second, { sourceOf, environmentOf }).slice(0, 2)).toEqual([reader, dev]);
    expect(nextOrder(second, 'started')).toBeUndefined();
  });
});

it('a failed renewal of an active session says when Stint tries again; a failed start does not', () => {
  const renewalFailure = {
    message: 'AWS did not answer.',
    failures: 1,
    since: '2026-01-01T10:00:00Z',
    nextTryAt: '2026-01-01T10:01:00Z',
  };
  const active = iamUser('anna', { status: 'active', run: { renewalFailure } });
  expect(failureOf(active)).toBe(renewalFailure);
  expect(failureOf(reader)).toEqual({ message: 'AWS refused it.' });
  expect(failureOf(operator)).toBeUndefined();
});

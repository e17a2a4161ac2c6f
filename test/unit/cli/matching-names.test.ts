import { describe, expect, it } from 'vitest';
import { matchingItems, nearNames, suggestion } from '../../../src/cli/arguments/matching-names.ts';
import { otherNames, type NamedSession } from '../../../src/models/session-names.ts';

type Known = NamedSession & { readonly sessionId: string; readonly isAside?: boolean };

const sso = (
  sessionId: string,
  accountName: string,
  accountId: string,
  roleName: string,
): Known => ({
  type: 'awsSsoRole',
  sessionId,
  sessionName: `${accountName} / ${roleName}`,
  profileName: `${accountName}-${roleName}`,
  accountId,
  accountName,
  roleName,
});

const sessions: readonly Known[] = [
  sso('1a2b3c4d-1', 'billing-prod', '123456789012', 'Admin'),
  sso('1a2b9999-2', 'billing-prod', '123456789012', 'ReadOnly'),
  sso('5f5f5f5f-3', 'billing-prod-eu', '210987654321', 'Admin'),
  {
    type: 'awsIamUser',
    sessionId: 'aaaa1111-4',
    sessionName: 'Straße',
    profileName: 'strasse-dev',
  },
  { type: 'awsIamUser', sessionId: 'bbbb1111-5', sessionName: 'admin', profileName: 'root' },
  { type: 'awsIamUser', sessionId: 'cccc1111-6', sessionName: 'Admin', profileName: 'other' },
  {
    type: 'awsIamRoleChained',
    sessionId: 'dddd1111-7',
    sessionName: 'audit',
    profileName: 'audit',
    roleArn: 'arn:aws:iam::447109328810:role/team/Audit',
  },
  {
    type: 'azure',
    sessionId: 'eeee1111-8',
    sessionName: 'Payments',
    subscriptionId: '5ab1e0de-0000-4000-8000-000000000001',
    subscriptionName: 'Pay-As-You-Go',
    tenantId: '99999999-0000-4000-8000-000000000002',
  },
  {
    type: 'awsIamUser',
    sessionId: 'ffff1111-9',
    sessionName: 'payments (old)',
    profileName: 'payments-old',
    isAside: true,
  },
];

function found(wanted: string): readonly string[] {
  return matchingItems(
    sessions,
    (one) => ({
      id: one.sessionId,
      name: one.sessionName,
      others: otherNames(one),
      isAside: one.isAside === true,
    }),
    wanted,
  ).map(({ sessionId }) => sessionId.slice(-1));
}

describe('a session is found by', () => {
  it.each([
    ['its name', 'billing-prod / ReadOnly', '2'],
    ['its name in another case', 'BILLING-PROD / READONLY', '2'],
    ['its name without blanks', 'billing-prod/readonly', '2'],
    ['its name in wide letters', 'ｂｉｌｌｉｎｇ-prod/ReadOnly', '2'],
    ['its name with another spelling of ß', 'STRASSE', '4'],
    ['its profile', 'billing-prod-ReadOnly', '2'],
    ['account id and role', '123456789012/Admin', '1'],
    ['account id with hyphens and role', '1234-5678-9012/admin', '1'],
    ['an account id that only it has', '2109-8765-4321', '3'],
    ['an account name that only it has', 'billing-prod-eu', '3'],
    ['the account and role of its ARN', '447109328810/team/Audit', '7'],
    ['its role ARN', 'arn:aws:iam::447109328810:role/team/Audit', '7'],
    ['its subscription', 'pay-as-you-go', '8'],
    ['the id of its subscription', '5AB1E0DE-0000-4000-8000-000000000001', '8'],
    ['its id', '1A2B3C4D-1', '1'],
    ['the beginning of its id', '1a2b9', '2'],
    ['a part of its name', 'readonly', '2'],
    ['a part of its profile', 'asse-d', '4'],
    ['a part, where the other one that has it is archived', 'aym', '8'],
    ['a part that only an archived one has', '(old', '9'],
  ])('%s', (_how, wanted, id) => {
    expect(found(wanted)).toEqual([id]);
  });

  it('its name in exactly this case before others that differ in case', () => {
    expect(found('admin')).toEqual(['5']);
    expect(found('Admin')).toEqual(['6']);
    expect(found('ADMIN')).toEqual(['5', '6']);
  });

  it('an exact name before names that contain it', () => {
    expect(found('billing-prod')).toEqual(['1', '2']);
    expect(found('billing-pro')).toEqual(['1', '2', '3']);
  });

  it('nothing by three letters of an id, by blanks or by another word', () => {
    for (const wanted of ['1a2', '  ', 'production']) expect(found(wanted)).toEqual([]);
  });
});

describe('a name that nothing has', () => {
  const names = ['payments', 'payments-eu', 'reporting', 'billing-prod / Admin'];

  it.each([
    ['paymnets', ['payments', 'payments-eu']],
    ['PAYMENT-EU', ['payments-eu', 'payments']],
    ['bililng', ['billing-prod / Admin']],
    ['quarterly', []],
  ])('has near ones: %s', (wanted, near) => {
    expect(nearNames(names, wanted)).toEqual(near);
  });

  it('is answered with the near ones and the command that lists all', () => {
    const list = 'List them: stint session list';
    expect(suggestion([], 'stint session list')).toBe(list);
    expect(suggestion(['a'], 'stint session list')).toBe(`Did you mean "a"? ${list}`);
    expect(suggestion(['a', 'b', 'c'], 'stint session list')).toBe(
      `Did you mean "a", "b" or "c"? ${list}`,
    );
  });
});

import { expect, it } from 'vitest';
import { profileNames } from '../../../src/services/integrations/profile-names.ts';

const offer = (accountId: string, accountName: string, roleName = 'Admin') => ({
  sessionName: `${accountName} / ${roleName}`,
  fields: { accountId, accountName, roleName },
});

/** The profile name by account, as a sync gives them one after the other. */
function named(offers: readonly ReturnType<typeof offer>[], others: readonly string[] = []) {
  const taken = new Set(others);
  const nameOf = profileNames(offers);
  return Object.fromEntries(
    offers.map((one) => {
      const name = nameOf(one, taken);
      taken.add(name);
      return [one.fields.accountId, name];
    }),
  );
}

it('names that collide end with the account id, all of them', () => {
  expect(named([offer('111111111111', 'Audit'), offer('222222222222', 'Audit')])).toEqual({
    '111111111111': 'Audit-Admin-111111111111',
    '222222222222': 'Audit-Admin-222222222222',
  });
});

it('three hundred accounts of one name have the same profile names in whatever order they come', () => {
  const offers = Array.from({ length: 300 }, (_, index) => offer(String(1e11 + index), 'dup'));
  const forwards = named(offers);
  expect(named([...offers].reverse())).toEqual(forwards);
  expect(new Set(Object.values(forwards)).size).toBe(300);
});

it('names in another script keep apart by the account id', () => {
  expect(named([offer('111111111111', '生产环境'), offer('222222222222', '测试环境')])).toEqual({
    '111111111111': 'Admin-111111111111',
    '222222222222': 'Admin-222222222222',
  });
});

it.each([
  ['Company Name [production]', 'Company-Name-production-Admin'],
  ['team/prod (eu)', 'team-prod-eu-Admin'],
  ['🚀 rocket', 'rocket-Admin'],
  ['Café', 'Cafe-Admin'],
  ['111111111111', '111111111111-Admin'],
])('an account named %s alone has a plain profile name', (accountName, profile) => {
  expect(named([offer('111111111111', accountName)])).toEqual({ '111111111111': profile });
});

it('a name that differs in case alone, or that another session has, gets the account id', () => {
  expect(named([offer('111111111111', 'Prod'), offer('222222222222', 'prod')])).toEqual({
    '111111111111': 'Prod-Admin-111111111111',
    '222222222222': 'prod-Admin-222222222222',
  });
  expect(named([offer('111111111111', 'Prod')], ['Prod-Admin'])).toEqual({
    '111111111111': 'Prod-Admin-111111111111',
  });
});

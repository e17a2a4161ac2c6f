import { expect, it } from 'vitest';
import {
  portalOf,
  profileNames,
  type NamedRole,
} from '../../../src/services/integrations/profile-names.ts';

const integrationId = '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12';

const role = (accountId: string, accountName: string): NamedRole => ({
  integrationId,
  accountId,
  roleName: 'Admin',
  profileText: `${accountName} / Admin`,
  portal: 'acme',
});

/** The profile name by account, as a sync gives them one after the other. */
function named(roles: readonly NamedRole[], others: readonly string[] = []) {
  const taken = new Set(others);
  const nameOf = profileNames(roles);
  return Object.fromEntries(
    roles.map((one) => {
      const name = nameOf(one, taken);
      taken.add(name);
      return [one.accountId, name];
    }),
  );
}

it('names that collide end with the account id, all of them', () => {
  expect(named([role('111111111111', 'Audit'), role('222222222222', 'Audit')])).toEqual({
    '111111111111': 'Audit-Admin-111111111111',
    '222222222222': 'Audit-Admin-222222222222',
  });
});

it('three hundred accounts of one name have the same profile names in whatever order they come', () => {
  const roles = Array.from({ length: 300 }, (_, index) => role(String(1e11 + index), 'dup'));
  const forwards = named(roles);
  expect(named([...roles].reverse())).toEqual(forwards);
  expect(new Set(Object.values(forwards)).size).toBe(300);
});

it('names in another script keep apart by the account id', () => {
  expect(named([role('111111111111', '生产环境'), role('222222222222', '测试环境')])).toEqual({
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
  expect(named([role('111111111111', accountName)])).toEqual({ '111111111111': profile });
});

it('a name that differs in case alone, or that another session has, gets the account id', () => {
  expect(named([role('111111111111', 'Prod'), role('222222222222', 'prod')])).toEqual({
    '111111111111': 'Prod-Admin-111111111111',
    '222222222222': 'prod-Admin-222222222222',
  });
  expect(named([role('111111111111', 'Prod')], ['Prod-Admin'])).toEqual({
    '111111111111': 'Prod-Admin-111111111111',
  });
});

it.each([
  ['https://acme.awsapps.com/start', 'acme'],
  ['https://d-9067642ac7.awsapps.com/start/', 'd-9067642ac7'],
  ['https://identitycenter.amazonaws.com/ssoins-7223abcd', 'ssoins-7223abcd'],
  ['https://start.us-gov-home.awsapps.com/directory/acme', 'acme'],
])('%s is known by %s', (startUrl, portal) => {
  expect(portalOf(startUrl)).toBe(portal);
});

import { expect, it } from 'vitest';
import { foundRoles } from '../../../src/services/integrations/aws-sso/found-roles.ts';

const account = { accountId: '111111111111', accountName: 'prod', emailAddress: 'a@b.example' };

it('an account that is named fifty times is offered once', () => {
  const found = Array.from({ length: 50 }, () => ({ ...account, roleNames: ['Admin', 'Admin'] }));
  expect(foundRoles(found, []).offers).toHaveLength(1);
});

it('what is offered is in the same order, whatever the order of the answers', () => {
  const found = ['333333333333', '111111111111', '222222222222'].map((accountId) => ({
    ...account,
    accountId,
    roleNames: ['ReadOnly', 'Admin'],
  }));
  expect(foundRoles(found, [])).toEqual(foundRoles([...found].reverse(), []));
});

it('an account without a name is called by its id, one without an address has none', () => {
  const nameless = { accountId: '012345678901', accountName: null, emailAddress: null };
  expect(foundRoles([{ ...nameless, roleNames: ['Admin'] }], []).offers).toMatchObject([
    { sessionName: '012345678901 / Admin', fields: { accountName: '012345678901' } },
  ]);
});

it.each([undefined, null, '', 'has blanks', 'a'.repeat(65)])(
  'a role named %j is reported, and the others are offered',
  (roleName) => {
    const { offers, skipped } = foundRoles(
      [{ ...account, roleNames: [roleName, 'Admin'] }],
      ['222222222222'],
    );
    expect(offers).toHaveLength(1);
    expect(skipped).toHaveLength(2);
    expect(skipped).toContain('222222222222');
  },
);

it('the longest account name leaves room for the role', () => {
  const { offers } = foundRoles(
    [{ ...account, accountName: 'a'.repeat(200), roleNames: ['Admin'] }],
    [],
  );
  expect(offers[0]?.sessionName).toMatch(/^a{120} \/ Admin$/);
});

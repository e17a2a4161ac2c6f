import { describe, expect, it } from 'vitest';
import {
  columnTemplate,
  parseColumnChoices,
  shownColumns,
} from '../../../src/app/sessions/columns.ts';
import { arnParts, profileParts } from '../../../src/app/sessions/row-text.ts';
import { iamUser, ssoRole } from './app-sessions.ts';

const ids = (...args: Parameters<typeof shownColumns>) => shownColumns(...args).map(({ id }) => id);

describe('the columns of the list', () => {
  it('are the usual ones where there is room, and the most important ones where there is not', () => {
    expect(ids({}, 1200)).toEqual(['session', 'role', 'profile', 'region', 'started', 'left']);
    expect(ids({}, 620)).toEqual(['session', 'role', 'started', 'left']);
    expect(ids({}, 300)).toEqual(['session']);
  });

  it('are those that the person chose, at their widths', () => {
    const choices = { type: { isShown: true }, profile: { isShown: false }, role: { width: 90 } };
    expect(ids(choices, 1200)).not.toContain('profile');
    const shown = shownColumns(choices, 1200, ['region', 'started', 'left']);
    expect(columnTemplate(shown, choices)).toBe('5px 24px 24px minmax(0, 1fr) 90px 110px');
  });

  it('are read from what was kept, at widths that can be used', () => {
    expect(parseColumnChoices({ role: { width: 9000, isShown: 'yes' }, colour: {} })).toEqual({
      role: { width: 600 },
    });
    expect(parseColumnChoices('nonsense')).toEqual({});
  });
});

describe('a long text keeps the part that distinguishes it', () => {
  it.each([
    [ssoRole('orders-staging', 'AdministratorAccess'), 'orders-staging-', 'AdministratorAccess'],
    [iamUser('ci', { profileName: 'legacy-ci-deployment' }), 'legacy-ci-', 'deployment'],
    [iamUser('ci', { profileName: 'ci' }), 'c', 'i'],
  ])('the profile', (session, before, ending) => {
    expect(profileParts(session)).toEqual({ before, ending });
  });

  it('the ARN', () => {
    expect(arnParts('arn:aws:iam::447109328810:role/team/Audit')).toEqual({
      before: 'arn:aws:iam::447109328810:role/team/',
      ending: 'Audit',
    });
  });
});

import { describe, expect, it } from 'vitest';
import {
  chosenColumns,
  columnTemplate,
  movedOver,
  parseColumnChoices,
  shownColumns,
  usualChoices,
  withColumn,
  type ColumnChoices,
  type ColumnId,
} from '../../../src/app/sessions/columns.ts';
import { arnParts, profileParts, usersText } from '../../../src/app/sessions/row-text.ts';
import { iamUser, ssoRole } from './app-sessions.ts';

const ids = (...args: Parameters<typeof shownColumns>) => shownColumns(...args).map(({ id }) => id);

describe('the columns of the list', () => {
  it('are the usual ones where there is room, and the most important ones where there is not', () => {
    const usual = ['session', 'role', 'profile', 'region', 'started', 'left'];
    expect(ids(usualChoices, 1200)).toEqual(usual);
    expect(ids(usualChoices, 660)).toEqual(['session', 'role', 'started', 'left']);
    // Beside the details in a window of 1000 pixels: names have room.
    expect(ids(usualChoices, 480)).toEqual(['session', 'left']);
    expect(ids(usualChoices, 300)).toEqual(['session']);
  });

  it('are those that the person chose, in their order and at their widths', () => {
    const choices: ColumnChoices = { chosen: ['left', 'type', 'role'], widths: { role: 90 } };
    expect(ids(choices, 1200)).toEqual(['session', 'left', 'type', 'role']);
    const shown = shownColumns(choices, 1200, ['left']);
    expect(columnTemplate(shown, choices)).toBe('5px 24px 24px minmax(0, 1fr) 110px 90px');
    expect(chosenColumns({ ...choices, chosen: [] })).toEqual([]);
  });

  it('get one more after those that are usually before it', () => {
    expect(withColumn(['left', 'role'], 'type')).toEqual(['left', 'role', 'type']);
    expect(withColumn(['region', 'left'], 'role')).toEqual(['role', 'region', 'left']);
    expect(withColumn([], 'role')).toEqual(['role']);
  });

  it('move to the place of another, which makes room', () => {
    const chosen: readonly ColumnId[] = ['role', 'profile', 'region', 'left'];
    expect(movedOver(chosen, 'role', 'region')).toEqual(['profile', 'region', 'role', 'left']);
    expect(movedOver(chosen, 'left', 'role')).toEqual(['left', 'role', 'profile', 'region']);
    expect(movedOver(chosen, 'left', 'type')).toEqual(chosen);
  });

  it('are read from what was kept, at widths that can be used', () => {
    expect(
      parseColumnChoices({
        chosen: ['left', 'colour', 'session', 7, 'left'],
        widths: { role: 9000, type: 'wide', colour: 100 },
      }),
    ).toEqual({ chosen: ['left'], widths: { role: 600 } });
    expect(parseColumnChoices('nonsense')).toEqual(usualChoices);
    expect(parseColumnChoices({ chosen: 'role' })).toEqual(usualChoices);
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

it('the programs that use a session are the first one and how many more', () => {
  expect(usersText([])).toBeUndefined();
  expect(usersText(['terraform'])).toEqual({ short: 'terraform', inFull: 'terraform' });
  expect(usersText(['terraform', 'aws', 'node'])).toEqual({
    short: 'terraform +2',
    inFull: 'terraform, aws, node',
  });
});

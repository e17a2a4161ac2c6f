import { expect, it } from 'vitest';
import {
  changeGroups,
  changesText,
  outsideHome,
  restoreLabel,
} from '../../../src/app/machine/change-groups.ts';
import type { Change } from '../../../src/models/change.ts';

const change = (kind: Change['kind'], file?: string): Change => ({
  id: `${kind}-1`,
  kind,
  what: `what ${kind}`,
  restorable: true,
  how: 'how',
  ...(file === undefined ? {} : { file }),
});
const all = [
  change('home', '/home/anna/.stint'),
  change('section', '/home/anna/.aws/credentials'),
  change('lease-folder', '/run/lease'),
  change('stash', '/home/anna/.aws/credentials'),
  change('keychain'),
];

it('what Stint holds is grouped by file, and what it has for itself comes last', () => {
  expect(changeGroups(all).map(({ title, changes }) => [title, changes.length])).toEqual([
    ['/home/anna/.aws/credentials', 2],
    ['Programs that use a session', 1],
    ['Stint itself', 2],
  ]);
  expect(outsideHome(all).map(({ kind }) => kind)).toEqual(['section', 'lease-folder', 'stash']);
});

it('the button says what putting back does', () => {
  expect(restoreLabel(change('section'), true)).toBe('Stop and restore');
  expect(restoreLabel(change('section'), false)).toBe('Try now');
  expect(restoreLabel(change('published-profile'), false)).toBe('Unpublish');
  expect(restoreLabel(change('azure-folder'), true)).toBe('Close lease');
});

it('the text of everything names each file once', () => {
  expect(changesText(all.slice(1, 4)).split('\n')).toEqual([
    '/home/anna/.aws/credentials',
    '  what section',
    '    how',
    '  what stash',
    '    how',
    '',
    'Programs that use a session',
    '  what lease-folder',
    '    how',
  ]);
});

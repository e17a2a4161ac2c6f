import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/models/profile.ts';
import {
  changedText,
  diffLines,
  matching,
  nameError,
  publicationText,
} from '../../../src/app/profiles/profile-text.ts';

const session = (sessionName: string) => ({
  sessionId: `id-of-${sessionName}`,
  sessionName,
  region: 'eu-west-1',
  delivery: 'credentials-file',
  status: 'inactive' as const,
});
const profile = (profileName: string, more: Partial<Profile> = {}): Profile => ({
  profileName,
  sessions: [session(profileName)],
  published: false,
  ...more,
});

describe('whether a profile is published', () => {
  it.each([
    ['not', {}, '–'],
    ['for its session', { published: true, publishedFor: 'id-of-pay' }, 'Published'],
    [
      'for one of several sessions',
      {
        published: true,
        publishedFor: 'id-of-pay',
        sessions: [session('other'), session('pay')],
      },
      'Published for pay',
    ],
    [
      'for a session that is gone',
      { published: true, sessionGone: true, sessions: [] },
      'Published, its session is gone',
    ],
  ])('%s', (_, more, text) => {
    expect(publicationText(profile('pay', more))).toBe(text);
  });
});

describe('the preview of a publication', () => {
  const changes = [
    { profileName: 'pay', before: '[profile pay]\nregion = eu-west-1\n' },
    { profileName: 'shop', after: '\n[profile shop]\nregion = eu-north-1\n' },
  ];

  it('shows removed lines before added ones, without empty lines', () => {
    expect(diffLines({ changes }).map(({ sign, text }) => `${sign} ${text}`)).toEqual([
      '- [profile pay]',
      '- region = eu-west-1',
      '+ [profile shop]',
      '+ region = eu-north-1',
    ]);
  });

  it('is followed by what changed', () => {
    const result = { file: '~/.aws/config', published: [], skipped: [] };
    const after = (...all: typeof changes) => changedText({ ...result, changes: all });
    expect(after(...changes)).toBe('2 profiles changed.');
    expect(after(...changes.slice(0, 1))).toBe('Profile pay is no longer published.');
    expect(after(...changes.slice(1))).toBe('Profile shop is published.');
    expect(after()).toBe('Nothing to change in ~/.aws/config.');
  });
});

it('profiles are found by parts of their name and of their sessions', () => {
  const all = [profile('pay-prod'), profile('shop', { sessions: [session('Orders Prod')] })];
  const found = (words: string) => matching(all, words).map(({ profileName }) => profileName);
  expect(found('PROD')).toEqual(['pay-prod', 'shop']);
  expect(found('prod orders')).toEqual(['shop']);
  expect(found(' ')).toEqual(['pay-prod', 'shop']);
  expect(found('staging')).toEqual([]);
});

it('a new name is checked as it is typed', () => {
  expect(nameError('pay', 'pay-prod')).toBeUndefined();
  expect(nameError('pay', ' ')).toBe('Enter the new name.');
  expect(nameError('pay', 'pay ')).toBe('This is its name already.');
  expect(nameError('pay', '[pay]')).toBe(
    'The name must not contain brackets or control characters.',
  );
  expect(nameError('pay', 'x'.repeat(129))).toBe('The name must have at most 128 characters.');
});

import { describe, expect, it } from 'vitest';
import { matches } from '../../../src/api/sessions/filter.ts';
import { findNamed } from '../../../src/cli/arguments/find-named.ts';
import { findSession } from '../../../src/cli/sessions/find-session.ts';
import type { Session } from '../../../src/models/session.ts';

const name = 'Zürich / Prüfer (é)';
const spellings = [
  ['NFC', 'NFD'],
  ['NFD', 'NFC'],
] as const;

const session = (sessionName: string) =>
  ({
    type: 'awsIamUser',
    sessionId: '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a12',
    sessionName,
    region: 'eu-west-1',
    profileName: 'p',
    labels: [name.normalize('NFD')],
  }) as Session;

/** An owner with these sessions that searches as the API does. */
function contextWith(sessions: readonly Session[]) {
  const request = (_method: string, _path: string, { query }: { query: { q: string } }) =>
    Promise.resolve({
      items: sessions.filter((one) => matches(one, { q: query.q, archived: true, labels: [] }, 0)),
    });
  return { owner: { request } } as never;
}

describe.each(spellings)('a name stored in %s', (stored, typed) => {
  it(`is found when it is typed in ${typed}`, async () => {
    const one = session(name.normalize(stored));
    expect(await findSession(contextWith([one]), name.normalize(typed))).toBe(one);
    const named = [{ name: name.normalize(stored), id: '1' }];
    const kind = { what: 'integration', listedBy: '' };
    expect(await findNamed({} as never, named, name.normalize(typed), kind)).toBe(named[0]);
  });

  it('is found in another case', async () => {
    const one = session(name.normalize(stored));
    expect(await findSession(contextWith([one]), name.toUpperCase())).toBe(one);
  });

  it(`is one of several if another has it in ${typed}`, async () => {
    const both = contextWith([session(name.normalize(stored)), session(name.normalize(typed))]);
    await expect(findSession(both, name)).rejects.toThrow('matches 2 sessions');
  });
});

it('a label is found in either form', () => {
  const filter = { labels: [name.normalize('NFC')] };
  expect(matches(session('anna'), filter, 0)).toBe(true);
});

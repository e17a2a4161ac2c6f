import { expect, it } from 'vitest';
import { withSessionNames } from '../../../src/api/sessions/name-hints.ts';
import type { Session } from '../../../src/models/session.ts';

const id = (last: number) => `3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a0${last}`;
const named = (...names: string[]) =>
  names.map((sessionName, at) => ({ sessionId: id(at), sessionName }) as Session);

it.each([
  ['payments', 'stint start payments'],
  ['prod / Admin (é)', 'stint start "prod / Admin (é)"'],
  ['-rf', `stint start ${id(0)}`],
  ['cost $HOME', `stint start ${id(0)}`],
  ['say "yes"', `stint start ${id(0)}`],
])('a session named %s is written so that a shell takes it: %s', (name, typed) => {
  expect(withSessionNames(`stint start ${id(0)}`, () => named(name))).toBe(typed);
});

it('a name of several sessions, in whatever case, stays an id', () => {
  const sessions = named('Payments', 'payments');
  expect(withSessionNames(`stint stop ${id(0)}`, () => sessions)).toBe(`stint stop ${id(0)}`);
});

it('the id of something else stays', () => {
  expect(withSessionNames(`stint lease ${id(7)}`, () => named('payments'))).toBe(
    `stint lease ${id(7)}`,
  );
});

import { describe, expect, it } from 'vitest';
import {
  personOfMachine,
  roleSessionNameOf,
} from '../../../src/services/providers/role-session-name.ts';

const run = {
  id: '0f8c2d4e-1111-4222-8333-444455556666',
  startDateTime: '2026-01-31T12:00:00.000Z',
} as never;

describe('the role session name', () => {
  it('is what the session says', () => {
    expect(roleSessionNameOf({ roleSessionName: 'audit', run }, 'anna')).toBe('audit');
  });

  it('is the person and the beginning of the run’s id where the session says nothing', () => {
    expect(roleSessionNameOf({ run }, 'anna')).toBe('anna-0f8c2d4e');
  });

  it('keeps the run whole where the person’s name is long', () => {
    const name = roleSessionNameOf({ run }, 'x'.repeat(64));
    expect(name).toBe(`${'x'.repeat(55)}-0f8c2d4e`);
    expect(name).toHaveLength(64);
  });

  it('is the person alone for a parent that does not run', () => {
    expect(roleSessionNameOf({}, 'anna')).toBe('anna');
  });
});

it.each([
  ['anna', 'anna'],
  ['ACME\\Anna Müller', 'ACME-Anna-M-ller'],
  ['anna@acme.example', 'anna@acme.example'],
  ['李', 'stint'],
  ['', 'stint'],
  ['y'.repeat(80), 'y'.repeat(64)],
])('the user %j of the machine is the person %j to AWS STS', (user, person) => {
  expect(personOfMachine(user)).toBe(person);
});

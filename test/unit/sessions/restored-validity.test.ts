import { expect, it } from 'vitest';
import { restoredValidity } from '../../../src/services/sessions/restored-validity.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const at = (milliseconds: number) => new Date(now + milliseconds).toISOString();
const fields = fieldsOfEveryType.awsIamUser;
const archived = { ...fields, validUntil: at(-86_400_000) };

it('a session that is restored without an end has none, and its other fields', () => {
  expect(restoredValidity(archived, undefined, now)).toStrictEqual(fields);
});

it('a session that is restored until later has the new end', () => {
  expect(restoredValidity(archived, at(1), now)).toStrictEqual({ ...fields, validUntil: at(1) });
});

it.each([
  ['that is now', 0],
  ['that has passed', -1],
])('an end %s is refused, names itself and says what to do', (_when, milliseconds) => {
  const end = at(milliseconds);
  const restoring = () => restoredValidity(archived, end, now);
  expect(restoring).toThrow(
    expect.objectContaining({
      code: 'invalid-request',
      details: {
        detail: `${end} has passed.`,
        next: 'Name a later end, or none.',
        errors: [{ field: 'validUntil', message: 'must be in the future' }],
      },
    }) as Error,
  );
});

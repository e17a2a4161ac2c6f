import { expect, it } from 'vitest';
import { rethrowAsTyped } from '../../../src/cli/arguments/typed-names.ts';
import { typedNamesOf } from '../../../src/cli/arguments/field-flags.ts';
import { flagsOfType } from '../../../src/cli/sessions/session-flags.ts';
import type { CommandFailure } from '../../../src/cli/failure.ts';
import { Problem } from '../../../src/models/problem.ts';

const rethrow = rethrowAsTyped({
  ...typedNamesOf(flagsOfType('awsIamRoleChained')),
  'secrets.accessKeyId': 'The access key id',
});

function messageFor(...errors: readonly { field: string; message: string }[]): string {
  const problem = new Problem('invalid-request', {
    next: 'Try again.',
    detail: 'The request is not valid.',
    errors,
  });
  try {
    return rethrow(problem);
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 2 });
    return (error as CommandFailure).message;
  }
}

it.each([
  ['sessionName', 'is required', '--name is required.'],
  ['roleSeconds', 'must be at least 15 min', '--role-seconds must be at least 15 min.'],
  ['limits.maxLeases', 'must be at least 1', '--max-leases must be at least 1.'],
  ['labels.2', 'must not be empty', '--label must not be empty.'],
  ['tags.team', 'must not be empty', '--tag must not be empty.'],
  ['secrets.accessKeyId', 'is too short', 'The access key id is too short.'],
  ['type', 'is not known', 'type is not known.'],
  ['', 'must be a JSON object', 'the request must be a JSON object.'],
])('a wrong field %s has the name that the person typed', (field, message, text) => {
  expect(messageFor({ field, message })).toBe(text);
});

it('several wrong fields are listed in one sentence', () => {
  expect(
    messageFor(
      { field: 'sessionName', message: 'is required' },
      { field: 'region', message: 'is required' },
    ),
  ).toBe('--name is required; --region is required.');
});

it('any other error stays the same', () => {
  for (const error of [
    new Problem('not-found', { next: 'Try again.', detail: 'No session x.' }),
    new Problem('invalid-request', { next: 'Try again.', detail: 'The request body is not JSON.' }),
    new TypeError('x is undefined'),
  ]) {
    expect(() => rethrow(error)).toThrow(error);
  }
});

import { describe, expect, it } from 'vitest';
import { CommandFailure, exitCodeOf, errorText } from '../../../src/cli/failure.ts';
import { Problem, problemRegistry, type ProblemCode } from '../../../src/models/problem.ts';

/** DESIGN §8: 1 failure, 2 usage error, 3 not found, 4 waits for a person and there is no terminal. */
const expected: Readonly<Record<number, readonly ProblemCode[]>> = {
  2: ['invalid-request', 'body-too-large'],
  3: ['not-found'],
  4: ['section-occupied', 'vault-locked', 'person-needed', 'prompt-expired'],
};

describe('the exit code of a command', () => {
  for (const code of Object.keys(problemRegistry) as ProblemCode[]) {
    const [wanted = '1'] = Object.entries(expected).find(([, codes]) => codes.includes(code)) ?? [];
    it(`is ${wanted} for ${code}`, () => {
      expect(exitCodeOf(new Problem(code, { next: 'Try again.', detail: 'It happened.' }))).toBe(
        Number(wanted),
      );
    });
  }

  it('is 5 if no agent can be reached, and 1 for an internal error', () => {
    expect(exitCodeOf(new CommandFailure('unreachable', 'No agent.'))).toBe(5);
    expect(exitCodeOf(new TypeError('x is undefined'))).toBe(1);
  });
});

describe('the error text of a command', () => {
  it('says what happened, then what to do', () => {
    const problem = new Problem('not-found', { detail: 'No session x.', next: 'List them.' });
    expect(errorText(problem)).toBe('No session x.\nList them.');
  });

  it('names an internal error, and how to report it', () => {
    expect(errorText(new TypeError('x is undefined'))).toBe(
      'Internal error: x is undefined\nPlease report it; STINT_DEBUG=1 prints where it happened.',
    );
  });
});

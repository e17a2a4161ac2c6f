import { describe, expect, it } from 'vitest';
import { CommandFailure, exitCodeOf, explain } from '../../../src/cli/failure.ts';
import { Problem, problemRegistry, type ProblemCode } from '../../../src/models/problem.ts';

/** DESIGN §8: 1 failed, 2 usage, 3 not found, 4 needs a person and none is there. */
const expected: Readonly<Record<number, readonly ProblemCode[]>> = {
  2: ['invalid-request', 'body-too-large'],
  3: ['not-found'],
  4: ['section-occupied', 'vault-locked', 'person-needed', 'prompt-expired'],
};

describe('what a command ends with', () => {
  for (const code of Object.keys(problemRegistry) as ProblemCode[]) {
    const [wanted = '1'] = Object.entries(expected).find(([, codes]) => codes.includes(code)) ?? [];
    it(`is ${wanted} for ${code}`, () => {
      expect(exitCodeOf(new Problem(code, { detail: 'It happened.' }))).toBe(Number(wanted));
    });
  }

  it('is 5 where no agent can be reached, and 1 for a mistake of ours', () => {
    expect(exitCodeOf(new CommandFailure('unreachable', 'No agent.'))).toBe(5);
    expect(exitCodeOf(new TypeError('x is undefined'))).toBe(1);
  });
});

describe('the last words of a command', () => {
  it('say what happened, then what to do', () => {
    const problem = new Problem('not-found', { detail: 'No session x.', next: 'List them.' });
    expect(explain(problem)).toBe('No session x.\nList them.');
  });

  it('tell our own mistakes from the user’s', () => {
    expect(explain(new TypeError('x is undefined'))).toBe('Stint made a mistake: x is undefined');
  });
});

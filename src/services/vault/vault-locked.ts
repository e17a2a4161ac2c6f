import { Problem } from '../../models/problem.ts';

export function lockedProblem(why: string): Problem {
  return new Problem('vault-locked', {
    detail: `The vault is locked: ${why}.`,
    next: 'Unlock it: stint prompt answer, or start the agent with STINT_PASSPHRASE set.',
  });
}

/** The same problem for everyone except the caller who unlocks. */
export function asRefusal(problem: Problem): Problem {
  if (problem.code === 'vault-locked' || problem.code === 'vault-unreadable') return problem;
  return new Problem('vault-locked', {
    detail: `The vault is locked. ${problem.message}`,
    next: problem.details.next,
    cause: problem,
  });
}

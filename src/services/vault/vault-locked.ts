import { Problem } from '../../models/problem.ts';
import { restoreAdvice } from './vault-file.ts';

export function lockedProblem(why: string): Problem {
  return new Problem('vault-locked', {
    detail: `The vault is locked: ${why}.`,
    next: 'Unlock it: stint unlock, or start the agent with STINT_PASSPHRASE set.',
  });
}

/** Whether what failed is that the secrets are not available, for whatever reason. */
export function isClosedVault(error: unknown): boolean {
  return (
    error instanceof Problem && (error.code === 'vault-locked' || error.code === 'vault-unreadable')
  );
}

/** The same problem for everyone except the caller who unlocks. */
export function asRefusal(problem: Problem): Problem {
  if (isClosedVault(problem)) return problem;
  return new Problem('vault-locked', {
    detail: `The vault is locked. ${problem.message}`,
    next: problem.details.next,
    cause: problem,
  });
}

/** For a vault that is not there although something of it, or in the workspace, says that it was. */
export function goneVault(file: string): Problem {
  return new Problem('vault-unreadable', {
    detail: `The vault ${file} is gone, but secrets were kept in it. Stint did not make a new one.`,
    next: restoreAdvice,
  });
}

export function noPassphraseYet(keychainFailure: Problem | undefined): Problem {
  const why = 'no passphrase has been chosen for it yet';
  return lockedProblem(
    keychainFailure === undefined
      ? why
      : `${why}, and the keychain is not available. ${keychainFailure.details.detail.replace(/\.$/, '')}`,
  );
}

import { Problem } from '../../models/problem.ts';
import { vaultState, wholePrevious } from './vault-copies.ts';

/**
 * The version before, if that is what is needed; undefined for an empty vault and for one that is open
 * in memory. Throws Problem 'already-exists' for a vault that is not lost, 'not-found' without a
 * version before, 'file-unreadable'.
 */
export async function requireLost(
  file: string,
  { from, isOpen }: { readonly from: 'previous' | 'nothing'; readonly isOpen: boolean },
): Promise<Awaited<ReturnType<typeof wholePrevious>>> {
  const isWhole = (await vaultState(file)) === 'whole';
  if (isWhole && (isOpen || from === 'previous')) {
    throw new Problem('already-exists', {
      detail: `The vault ${file} is not damaged, so it stays.`,
      next: 'To see what it needs: stint doctor',
    });
  }
  if (isOpen || from === 'nothing') return undefined;
  const previous = await wholePrevious(file);
  if (previous !== undefined) return previous;
  throw new Problem('not-found', {
    detail: `There is no usable version before the vault ${file}.`,
    next: 'Put back a copy of the file, or begin with an empty vault: stint doctor --new-vault',
  });
}

/** The same problem of a lost vault, with the version before where that would help. */
export async function withAdvice(problem: Problem, file: string): Promise<Problem> {
  if ((await vaultState(file)) === 'whole') return problem;
  const previous = await wholePrevious(file);
  if (previous === undefined) return problem;
  return new Problem(problem.code, {
    ...problem.details,
    next:
      `Restore the version of ${previous.writtenAt}: stint doctor --restore-vault. ` +
      'Or begin with an empty vault: stint doctor --new-vault',
  });
}

import { Problem } from '../../../../models/problem.ts';

/** Why a file cannot be parsed: `what` is a clause, `line` counts from 1. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
  readonly line: number;

  constructor(line: number, what: string) {
    super(what);
    this.line = line;
  }
}

/** Returns what `parse` returns. Throws Problem 'file-unreadable' naming the line. */
export function understood<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    throw new Problem('file-unreadable', {
      detail: `Stint cannot read ${file}: line ${error.line} ${error.message}. The file was not changed.`,
      next: `Fix line ${error.line} of ${file}, then try again.`,
    });
  }
}

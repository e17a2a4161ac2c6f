import { Problem } from '../../../../models/problem.ts';

/** Why a file cannot be parsed: `what` is a clause, `line` counts from 1. */
export class FileSyntaxError extends Error {
  override readonly name = 'FileSyntaxError';
  readonly line: number;

  constructor(line: number, what: string) {
    super(what);
    this.line = line;
  }
}

/** Returns what `parse` returns. Throws Problem 'file-unreadable' naming the line. */
export function parseUserFile<T>(file: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof FileSyntaxError)) throw error;
    throw new Problem('file-unreadable', {
      detail: `Stint cannot read ${file}: line ${error.line} ${error.message}. The file was not changed.`,
      next: `Fix line ${error.line} of ${file}, then try again.`,
    });
  }
}

import { Problem } from '../../models/problem.ts';

/** What happened and what to do about it, for a person. */
export interface ProblemText {
  readonly text: string;
  readonly next?: string;
}

export function problemText(error: unknown): ProblemText {
  if (error instanceof Problem) {
    const { detail, next } = error.details;
    return { text: detail, next };
  }
  return { text: 'Cannot reach Stint.', next: 'Try again when the window has reconnected.' };
}

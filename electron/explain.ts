import { Problem } from '../src/models/problem.ts';

/** A failure in words for people: what happened, and what to do about it. */
export function explain(error: unknown): string {
  if (error instanceof Problem) {
    const { detail, next } = error.details;
    return `${detail}\n\n${next}`;
  }
  return error instanceof Error ? error.message : String(error);
}

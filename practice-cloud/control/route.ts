import type { z } from 'zod';
import type { CloudState } from '../state.ts';

/** Answers what becomes the JSON body; `undefined` answers 204. */
export type AdminRoute = (body: unknown, state: CloudState, signal: AbortSignal) => unknown;

/** A route whose body has to be of `schema`. */
export function route<T extends z.ZodType>(
  schema: T,
  answer: (body: z.output<T>, state: CloudState, signal: AbortSignal) => unknown,
): AdminRoute {
  return (body, state, signal) => answer(schema.parse(body), state, signal);
}

import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Problem } from '../models/problem.ts';
import type { ApiContext } from './context.ts';
import { withSessionNames } from './sessions/name-hints.ts';

/** What went wrong, for the caller. Anything but a `Problem` is a bug: it is logged, not shown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status === 415) return unsupportedMediaType();
  if (error instanceof HTTPException && error.status < 500) {
    return new Problem('invalid-request', {
      detail: 'The request body is not JSON.',
      next: 'Send valid JSON.',
      cause: error,
    });
  }
  return new Problem('internal', {
    detail: 'Internal error. See the log for details.',
    next: 'The log is logs/stint.log in the home of Stint. Please report the error.',
    cause: error,
  });
}

export function unsupportedMediaType(): Problem {
  return new Problem('media-type-unsupported', {
    detail: 'The request body is not declared as JSON.',
    next: 'Send it with `Content-Type: application/json`.',
  });
}

/**
 * The RFC 9457 answer. What to do next names sessions as a person does. If the vault is locked, it names
 * the question that unlocks it.
 */
export function problemResponse(c: ApiContext, problem: Problem): Response {
  const given = problem.toDocument();
  const next = withSessionNames(given.next, () => c.env.services.sessions.list());
  const document = { ...given, next };
  const promptId =
    problem.code === 'vault-locked'
      ? (document.promptId ?? c.env.services.unlockPrompt())
      : undefined;
  return c.body(
    JSON.stringify(promptId === undefined ? document : { ...document, promptId }),
    problem.status as ContentfulStatusCode,
    { 'Content-Type': 'application/problem+json' },
  );
}

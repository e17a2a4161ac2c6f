import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Problem } from '../models/problem.ts';
import type { ApiContext } from './context.ts';

/** The problem to show for an error. Any error but a `Problem` is a bug: it is logged, not shown. */
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
    detail: 'Stint made a mistake and could not do this.',
    next: 'Its log says more: logs/stint.log in its home folder. Please report it.',
    cause: error,
  });
}

export function unsupportedMediaType(): Problem {
  return new Problem('media-type-unsupported', {
    detail: 'The body is not sent as JSON.',
    next: 'Send it with `Content-Type: application/json`.',
  });
}

/** The RFC 9457 answer. Where the vault is locked, it names the question whose answer unlocks it. */
export function problemResponse(c: ApiContext, problem: Problem): Response {
  const document = problem.toDocument();
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

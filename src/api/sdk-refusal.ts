import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import type { Problem, ProblemCode } from '../models/problem.ts';
import { problemRegistry } from '../models/problem.ts';
import type { ApiContext } from './context.ts';
import { withSessionNames } from './sessions/name-hints.ts';

/**
 * A refusal as SDKs show it to people. `code` and `message`: AWS SDKs and Tools Reference Guide,
 * "Container credential provider". `error` and `error_description`: what msal reads besides.
 */
export const sdkRefusalSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    error: z.string(),
    error_description: z.string(),
  })
  .meta({ id: 'SdkRefusal' });

/** Problems that may pass while an SDK retries: the network is back, or the next owner answers. */
const retried: ReadonlySet<ProblemCode> = new Set([
  'internal',
  'cloud-unreachable',
  'owner-ending',
  'unauthenticated',
]);

/**
 * SDKs retry if an answer looks as if it might change: msal after 404, 408, 410, 429 and any 5xx,
 * for up to 18 s. All other problems get a status that ends it at once.
 */
export function sdkStatus(code: ProblemCode): number {
  const { status } = problemRegistry[code];
  if (retried.has(code)) return status;
  if (code === 'invalid-request') return 400;
  return status >= 500 || [404, 408, 410, 429].includes(status) ? 409 : status;
}

export function sdkRefusal(c: ApiContext, problem: Problem): Response {
  const { detail, next } = problem.details;
  const message = `${detail} ${withSessionNames(next, () => c.env.services.sessions.list())}`;
  return c.json(
    { code: problem.code, message, error: problem.code, error_description: message },
    sdkStatus(problem.code) as ContentfulStatusCode,
  );
}

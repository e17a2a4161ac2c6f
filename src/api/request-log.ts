import type { MiddlewareHandler } from 'hono';
import { randomUUID } from 'node:crypto';
import { inRequest } from '../services/log/request-scope.ts';
import type { Problem } from '../models/problem.ts';
import type { ApiContext, ApiEnv } from './context.ts';
import { toProblem } from './problem-response.ts';

/**
 * One line per request: the operation, the session, who asked, and how it ended. Never a body. Every
 * line that the request causes has its id, which a client may choose with `X-Request-Id`.
 */
export const logRequests: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const wanted = c.req.header('x-request-id');
  const requestId = wanted !== undefined && uuid.test(wanted) ? wanted : randomUUID();
  await inRequest(requestId, async () => {
    const began = performance.now();
    await next();
    const operation = (c.get('operation') as string | undefined) ?? 'none';
    const problem = c.error === undefined ? undefined : toProblem(c.error);
    const seconds = (performance.now() - began) / 1000;
    c.env.services.metrics.noteRequest({ operation, seconds, problem });
    logRequest(c, operation, problem);
  });
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function logRequest(c: ApiContext, name: string, problem: Problem | undefined): void {
  const { log } = c.env.services;
  const operation = `api.${name}`;
  const isOfSession = /^\/(v1\/sessions|credentials|azure)\//.test(c.req.path);
  const sessionId = isOfSession ? c.req.param('id') : undefined;
  const lease = (c.get('lease') as { readonly leaseId: string } | undefined)?.leaseId;
  const by = (c.get('principal') as { readonly subject: string } | undefined)?.subject ?? lease;
  const fields = {
    status: c.res.status,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(by === undefined ? {} : { by }),
    ...(problem === undefined ? {} : { problem: problem.code }),
  };
  if (problem?.code === 'internal') log.error(operation, { ...fields, error: c.error });
  else if (problem !== undefined) log.warn(operation, fields);
  else log.info(operation, fields);
}

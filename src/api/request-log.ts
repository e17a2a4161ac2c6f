import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './context.ts';
import { toProblem } from './problem-response.ts';

/** One line a request: what was asked, of which session, by whom, and how it ended. Never a body. */
export const logRequests: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  const { log } = c.env.services;
  const operation = `api.${(c.get('operation') as string | undefined) ?? 'none'}`;
  const isOfSession = /^\/(v1\/sessions|credentials|azure)\//.test(c.req.path);
  const sessionId = isOfSession ? c.req.param('id') : undefined;
  const lease = (c.get('lease') as { readonly leaseId: string } | undefined)?.leaseId;
  const by = (c.get('principal') as { readonly subject: string } | undefined)?.subject ?? lease;
  const problem = c.error === undefined ? undefined : toProblem(c.error);
  const fields = {
    status: c.res.status,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(by === undefined ? {} : { by }),
    ...(problem === undefined ? {} : { problem: problem.code }),
  };
  if (problem?.code === 'internal') log.error(operation, { ...fields, error: c.error });
  else if (problem !== undefined) log.warn(operation, fields);
  else log.info(operation, fields);
};

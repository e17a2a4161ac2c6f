import { ZodError } from 'zod';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import { DirectoryRefusal } from '../identity/directory.ts';
import type { CloudState } from '../state.ts';
import { AdminRefusal } from './admin-refusal.ts';
import { adminRoutes } from './routes.ts';
import { sameText } from './same-text.ts';

/**
 * Answers one admin request. Every one needs the bearer token printed at the start: the practice
 * cloud hands out keys, and any program or web page on the machine can reach a loopback port.
 */
export async function answerAdmin(
  request: HttpRequest,
  token: string,
  state: CloudState,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const [authorization = ''] = headerValues(request, 'authorization');
  if (!sameText(authorization, `Bearer ${token}`)) {
    return refusal(401, 'The admin token is missing or not the one printed at the start.');
  }
  const route = adminRoutes[`${request.method} ${request.path}`];
  if (route === undefined) return refusal(404, 'There is no such admin route.');
  try {
    const body = request.body.length === 0 ? {} : (JSON.parse(request.body.toString()) as unknown);
    const answer = await route(body, state, signal);
    return answer === undefined ? json(204, undefined) : json(200, answer);
  } catch (error) {
    if (error instanceof SyntaxError) return refusal(400, 'The body is not JSON.');
    if (error instanceof ZodError) {
      const { path, message } = error.issues[0] ?? { path: [], message: 'invalid' };
      return refusal(400, `${path.join('.') || 'body'}: ${message}`);
    }
    if (error instanceof DirectoryRefusal) return refusal(409, `${error.code}: ${error.message}`);
    if (error instanceof AdminRefusal) return refusal(409, error.message);
    throw error;
  }
}

function refusal(status: number, message: string): HttpAnswer {
  return json(status, { message });
}

function json(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import { problemDocumentSchema } from '../models/problem-document.ts';
import { problemRegistry, type ProblemCode } from '../models/problem.ts';
import type { Scope } from '../models/scope.ts';
import { authorize, type RouteAccess } from './authorize.ts';

/** The routes that need no token (DESIGN §7). `defineRoute` refuses to open any other. */
export const openRoutes: ReadonlySet<string> = new Set(['GET /v1/healthz', 'POST /v1/handshake']);

export const problemSchema = problemDocumentSchema.meta({ id: 'Problem' });

type RouteSpec = Omit<RouteConfig, 'security' | 'middleware' | 'hide' | 'tags' | 'operationId'> &
  RouteAccess & {
    readonly tag: string;
    readonly summary: string;
    /** What can go wrong here beyond what can go wrong everywhere. */
    readonly problems?: readonly ProblemCode[];
  };

/**
 * A route as the document describes it and as it is guarded: one statement for both. The scope
 * stands in it, is shown as `x-scope`, and is checked before anything else of the request is.
 */
export function defineRoute<const R extends RouteSpec>(spec: R): R {
  const { scope, roles, bound, tag, problems = [], ...config } = spec;
  const name = `${spec.method.toUpperCase()} ${spec.path}`;
  if ((scope === 'open') !== openRoutes.has(name)) {
    throw new Error(`${name} has scope ${scope}: open routes are listed in openRoutes.`);
  }
  const described = {
    ...config,
    tags: [tag],
    security: scope === 'open' ? [] : [{ clientToken: scope === 'any-token' ? [] : [scope] }],
    'x-scope': scope,
    ...(roles === undefined ? {} : { 'x-roles': roles }),
    ...(bound === undefined ? {} : { 'x-bound': bound }),
    responses: { ...spec.responses, ...problemResponses([...commonProblems(spec), ...problems]) },
    middleware: authorize(spec),
  } as RouteConfig;
  // Handlers throw problems and answer only what the spec itself lists.
  return createRoute(described) as unknown as R;
}

function commonProblems({ scope, request }: RouteSpec): readonly ProblemCode[] {
  const codes: ProblemCode[] = ['request-untrusted', 'internal'];
  if (scope !== 'open') codes.push('unauthenticated', 'scope-missing', 'rate-limited');
  if (request?.body !== undefined) {
    codes.push('body-too-large', 'media-type-unsupported', 'invalid-request');
  }
  if (request?.query !== undefined) codes.push('invalid-request');
  if (request?.params !== undefined) codes.push('not-found');
  return codes;
}

function problemResponses(codes: readonly ProblemCode[]): RouteConfig['responses'] {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of Object.keys(problemRegistry) as ProblemCode[]) {
    if (!codes.includes(code)) continue;
    const { status } = problemRegistry[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.map((code) => `\`${code}\`: ${problemRegistry[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: problemSchema } },
        'x-problems': of,
      },
    ]),
  );
}

/** For the check at construction: the scope of a route in the registry, or undefined. */
export function declaredScope(route: RouteConfig): Scope | 'open' | 'any-token' | undefined {
  return route['x-scope'] as Scope | 'open' | 'any-token' | undefined;
}

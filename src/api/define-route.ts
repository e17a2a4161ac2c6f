import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import * as z from 'zod';
import { problemDocumentSchema } from '../models/problem-document.ts';
import { problemRegistry, type ProblemCode } from '../models/problem.ts';
import { authorize, type RouteAccess, type RouteScope } from './authorize.ts';
import { compressed } from './compressed.ts';
import { idempotencyHeader, idempotent } from './idempotency/idempotent.ts';
import { sdkRefusalSchema, sdkStatus } from './sdk-refusal.ts';

/** The routes that need no token (DESIGN §7). `defineRoute` refuses to open any other. */
export const openRoutes: ReadonlySet<string> = new Set(['GET /v1/healthz', 'POST /v1/handshake']);

/** The routes that take the token of a lease instead (DESIGN §5): what SDKs and `stint whoami` ask. */
export const leaseRoutes: ReadonlySet<string> = new Set([
  'GET /credentials/{id}',
  'GET /azure/{id}/token',
  'GET /azure/{id}/token/{leaseToken}',
  'GET /v1/lease',
]);

export const problemSchema = problemDocumentSchema.meta({ id: 'Problem' });

type RouteSpec = Omit<RouteConfig, 'security' | 'middleware' | 'hide' | 'tags' | 'operationId'> &
  RouteAccess & {
    readonly tag: string;
    readonly summary: string;
    /** It creates something, and takes an `Idempotency-Key`. */
    readonly creates?: true;
    /** Its answers are large and have no secrets, so they are compressed for a browser. */
    readonly isLargeList?: true;
    /** What can go wrong here beyond what can go wrong everywhere. */
    readonly problems?: readonly ProblemCode[];
  };

/**
 * One declaration for the description of a route and for its guard. Its scope is shown as `x-scope`,
 * and checked before anything else of the request.
 */
export function defineRoute<const R extends RouteSpec>(spec: R): R {
  const {
    scope,
    leaseHeaders,
    roles,
    bound,
    tag,
    creates,
    isLargeList,
    problems = [],
    ...config
  } = spec;
  refuseUnlisted(`${spec.method.toUpperCase()} ${spec.path}`, spec);
  const codes = [...commonProblems(spec), ...problems];
  const described = {
    ...config,
    ...(creates === undefined ? {} : { request: { ...spec.request, headers: idempotencyKey } }),
    tags: [tag],
    security: securityOf(spec),
    'x-scope': scope,
    ...(roles === undefined ? {} : { 'x-roles': roles }),
    ...(bound === undefined ? {} : { 'x-bound': bound }),
    responses: {
      ...spec.responses,
      ...(scope === 'lease' ? refusals(codes) : problemResponses(codes)),
    },
    middleware: [
      authorize(spec),
      ...(creates === undefined ? [] : [idempotent]),
      ...(isLargeList === undefined ? [] : [compressed]),
    ],
  } as RouteConfig;
  // Handlers throw problems and answer only what the spec itself lists.
  return createRoute(described) as unknown as R;
}

const idempotencyKey = z.object({
  [idempotencyHeader]: z
    .string()
    .optional()
    .describe(
      'a text in double quotes, such as a new UUID for each thing to create: the same request again ' +
        'creates nothing and gets the same answer, for a day and as long as this owner runs',
    ),
});

/** Throws for a route without a client token that is not in one of the two lists above. */
function refuseUnlisted(name: string, { scope, leaseHeaders }: RouteAccess): void {
  if ((scope === 'open') !== openRoutes.has(name)) {
    throw new Error(`${name} has scope ${scope}: open routes are listed in openRoutes.`);
  }
  if ((scope === 'lease') !== leaseRoutes.has(name) || (scope === 'lease') !== !!leaseHeaders) {
    throw new Error(`${name} has scope ${scope}: routes for leases are listed in leaseRoutes.`);
  }
}

function securityOf({ scope, leaseHeaders = [] }: RouteAccess) {
  if (scope === 'open') return [];
  if (scope === 'lease') return leaseHeaders.map((header) => ({ [leaseScheme(header)]: [] }));
  return [{ clientToken: scope === 'any-token' ? [] : [scope] }];
}

/** The name of the security scheme of a header that carries a lease's token. */
export function leaseScheme(header: string): string {
  return `leaseTokenIn-${header}`;
}

function commonProblems({ scope, request, creates }: RouteSpec): readonly ProblemCode[] {
  const codes: ProblemCode[] = ['request-untrusted', 'internal'];
  if (scope === 'lease') codes.push('unauthenticated', 'invalid-request');
  else if (scope !== 'open') codes.push('unauthenticated', 'access-unavailable', 'scope-missing');
  if (request?.body !== undefined) {
    codes.push('body-too-large', 'media-type-unsupported', 'invalid-request');
  }
  if (creates !== undefined) codes.push('idempotency-key-in-use', 'idempotency-key-reused');
  if (request?.query !== undefined) codes.push('invalid-request');
  if (request?.params !== undefined && scope !== 'lease') codes.push('not-found');
  return codes;
}

function problemResponses(codes: readonly ProblemCode[]): RouteConfig['responses'] {
  return byStatus(codes, (code) => problemRegistry[code].status, {
    'application/problem+json': { schema: problemSchema },
  });
}

/** The same in the form that SDKs read. */
function refusals(codes: readonly ProblemCode[]): RouteConfig['responses'] {
  return byStatus(codes, sdkStatus, { 'application/json': { schema: sdkRefusalSchema } });
}

function byStatus(
  codes: readonly ProblemCode[],
  statusOf: (code: ProblemCode) => number,
  content: Readonly<Record<string, { readonly schema: z.ZodType }>>,
): RouteConfig['responses'] {
  const found = new Map<number, ProblemCode[]>();
  for (const code of Object.keys(problemRegistry) as ProblemCode[]) {
    if (!codes.includes(code)) continue;
    found.set(statusOf(code), [...(found.get(statusOf(code)) ?? []), code]);
  }
  return Object.fromEntries(
    [...found].map(([status, of]) => [
      status,
      {
        description: of.map((code) => `\`${code}\`: ${problemRegistry[code].title}`).join('; '),
        content,
        'x-problems': of,
      },
    ]),
  );
}

/** For the check at construction: the scope of a route in the registry, or undefined. */
export function declaredScope(route: RouteConfig): RouteScope | undefined {
  return route['x-scope'] as RouteScope | undefined;
}

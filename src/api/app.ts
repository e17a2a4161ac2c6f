import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Problem } from '../models/problem.ts';
import { authenticate } from './authenticate.ts';
import type { ApiApp, ApiContext, ApiEnv } from './context.ts';
import { declaredScope, openRoutes } from './define-route.ts';
import { fieldErrors } from '../models/field-errors.ts';
import { invalidRequest } from './field-errors.ts';
import { isJsonOrNothing, largestBody } from './guards/json-body.ts';
import { isSdkEndpoint } from './guards/sdk-endpoint.ts';
import { distrust } from './guards/trusted-request.ts';
import { methodsAt } from './methods-at.ts';
import { problemResponse, toProblem, unsupportedMediaType } from './problem-response.ts';
import { logRequests } from './request-log.ts';
import { addCredentialsRoutes } from './routes/credentials.ts';
import { addEventsRoutes } from './routes/events.ts';
import { addHealthRoutes } from './routes/healthz.ts';
import { addHandshakeRoutes } from './routes/handshake.ts';
import { addHistoryRoutes } from './routes/history.ts';
import { addIdentityProviderRoutes } from './routes/identity-providers.ts';
import { addIntegrationRoutes } from './routes/integrations.ts';
import { addLeaseRoutes } from './routes/leases.ts';
import { addOpenApiRoutes } from './routes/openapi.ts';
import { addOperationRoutes } from './routes/operations.ts';
import { addOwnerRoutes } from './routes/owner.ts';
import { addPromptRoutes } from './routes/prompts.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addSdkEndpoints } from './routes/sdk-endpoints.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { addSettingsRoutes } from './routes/settings.ts';
import { addTokenRoutes } from './routes/tokens.ts';
import { sdkRefusal } from './sdk-refusal.ts';
import { everyHeader, windowHeaders } from './window/headers.ts';

/**
 * The whole HTTP app. It holds no state: each request brings what it works on. Throws for a route
 * without a declared scope.
 */
export function buildApp(): ApiApp {
  const app: ApiApp = new OpenAPIHono<ApiEnv>({
    strict: false, // a trailing slash makes no difference
    defaultHook: (result) => {
      if (result.success) return;
      // The validator passes the checked value too, which its types omit.
      const { data } = result as { readonly data?: unknown };
      throw invalidRequest(fieldErrors(result.error, data));
    },
  });
  app.onError((error, c) =>
    isSdkEndpoint(c.req.path)
      ? sdkRefusal(c, toProblem(error))
      : problemResponse(c, toProblem(error)),
  );
  app.notFound((c) => {
    const methods = methodsAt(app, c.req.path);
    if (methods.length > 0) {
      c.header('Allow', methods.join(', '));
      throw new Problem('method-not-allowed', {
        detail: `${c.req.method} does not work on ${c.req.path}.`,
        next: `Use ${methods.join(', ')}.`,
      });
    }
    throw new Problem('not-found', {
      detail: `There is nothing at ${c.req.path}.`,
      next: 'GET /v1/openapi.json lists the routes.',
    });
  });

  app.use(
    everyHeader,
    notCached,
    logRequests,
    onlyTrusted,
    serveWindow,
    onlyAuthenticated,
    onlyJson,
  );
  app.use(bodyLimit({ maxSize: largestBody, onError: refuseBody }));

  addHealthRoutes(app);
  addHandshakeRoutes(app);
  addSessionRoutes(app);
  addOperationRoutes(app);
  addRunRoutes(app);
  addCredentialsRoutes(app);
  addLeaseRoutes(app);
  addSdkEndpoints(app);
  addIntegrationRoutes(app);
  addIdentityProviderRoutes(app);
  addPromptRoutes(app);
  addEventsRoutes(app);
  addHistoryRoutes(app);
  addSettingsRoutes(app);
  addTokenRoutes(app);
  addOwnerRoutes(app);
  addOpenApiRoutes(app);

  refuseUnscopedRoutes(app);
  return app;
}

/** Every handler must belong to a route made by `defineRoute`, so that none is open by oversight. */
export function refuseUnscopedRoutes(app: ApiApp): void {
  const scoped = new Set(
    app.openAPIRegistry.definitions.flatMap((definition) =>
      definition.type === 'route' && declaredScope(definition.route) !== undefined
        ? [`${definition.route.method.toUpperCase()} ${definition.route.path}`]
        : [],
    ),
  );
  for (const { method, path } of app.routes) {
    const name = `${method} ${path.replaceAll(/:([^/]+)/g, '{$1}')}`;
    const isMiddleware = method === 'ALL' && path === '/*';
    if (!isMiddleware && !scoped.has(name)) throw new Error(`${name} has no declared scope.`);
  }
}

const notCached: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  c.res.headers.set('Cache-Control', 'no-store');
  c.res.headers.set('Vary', 'Authorization');
};

const onlyTrusted: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { kind, port } = c.env.connection;
  if (kind === 'tcp') {
    const provenance = {
      host: c.req.header('host'),
      origin: c.req.header('origin'),
      fetchSite: isVisit(c) ? undefined : c.req.header('sec-fetch-site'),
    };
    const reason = port === undefined ? 'its port is unknown' : distrust(provenance, port);
    if (reason !== undefined) {
      throw new Problem('request-untrusted', {
        detail: `The request is refused: ${reason}.`,
        next: 'Use the address that Stint prints, from a program or page of this machine.',
      });
    }
  }
  await next();
};

/**
 * Whether somebody opens the window by a link: `stint ui` opens it from a file. The page holds no
 * secret and grants no access; it does not open in a frame.
 */
function isVisit({ req }: ApiContext): boolean {
  return (
    req.method === 'GET' &&
    isOutsideApi(req.path) &&
    req.header('sec-fetch-mode') === 'navigate' &&
    req.header('sec-fetch-dest') === 'document'
  );
}

function isOutsideApi(path: string): boolean {
  return !/^\/v1(\/|$)/.test(path) && !isSdkEndpoint(path);
}

/** Everything outside `/v1` and the SDK endpoints is the window, which needs no token. */
const serveWindow: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { path, method } = c.req;
  const isPage = (method === 'GET' || method === 'HEAD') && isOutsideApi(path);
  const file = isPage ? await c.env.windowFiles?.find(path) : undefined;
  if (file === undefined) {
    await next();
    return undefined;
  }
  await windowHeaders(c, () => {
    c.res = file.response(c.get('secureHeadersNonce') ?? '');
    return Promise.resolve();
  });
  return c.res;
};

const onlyAuthenticated: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const path = c.req.path.replace(/\/$/, '');
  // The SDK endpoints take the token of a lease instead; see `authorize`.
  const isOpen = openRoutes.has(`${method} ${path}`) || isSdkEndpoint(path);
  if (!isOpen) c.set('principal', await authenticate(c));
  await next();
};

const onlyJson: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const isJson = isJsonOrNothing({
    method: c.req.method,
    contentType: c.req.header('content-type'),
    contentLength: c.req.header('content-length'),
    transferEncoding: c.req.header('transfer-encoding'),
  });
  // msal sends the content type of a form with requests that have no body.
  if (!isJson && !isSdkEndpoint(c.req.path)) throw unsupportedMediaType();
  await next();
};

function refuseBody(): never {
  throw new Problem('body-too-large', {
    detail: `The request body is larger than ${largestBody / 1024} KiB.`,
    next: 'Send a smaller body.',
  });
}

import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Problem } from '../models/problem.ts';
import { setActor } from '../services/log/request-scope.ts';
import { actorFrom } from './actor.ts';
import type { Principal } from '../models/scope.ts';
import { authenticate } from './authenticate.ts';
import type { ApiApp, ApiContext, ApiEnv } from './context.ts';
import { declaredScope, openRoutes } from './define-route.ts';
import { fieldErrors } from '../models/field-errors.ts';
import { invalidQuery, invalidRequest } from './field-errors.ts';
import { invalidPatch } from './merge-patch.ts';
import { isJsonOrNothing, largestBody } from './guards/json-body.ts';
import { isUse } from './guards/use.ts';
import { isSdkEndpoint, withoutLeaseToken } from './guards/sdk-endpoint.ts';
import { distrust } from './guards/trusted-request.ts';
import { methodsAt } from './methods-at.ts';
import { problemResponse, toProblem, unsupportedMediaType } from './problem-response.ts';
import { logRequests } from './request-log.ts';
import { addAccessKeyRoutes } from './routes/access-keys.ts';
import { addChangeRoutes } from './routes/changes.ts';
import { addConsoleRoutes } from './routes/console.ts';
import { addCredentialsRoutes } from './routes/credentials.ts';
import { addEventsRoutes } from './routes/events.ts';
import { addExportRoutes } from './routes/export.ts';
import { addHealthRoutes } from './routes/healthz.ts';
import { addHandshakeRoutes } from './routes/handshake.ts';
import { addHistoryExportRoutes } from './routes/history-export.ts';
import { addHistoryRoutes } from './routes/history.ts';
import { addIdentityProviderRoutes } from './routes/identity-providers.ts';
import { addImportRoutes } from './routes/import.ts';
import { addIntegrationRoutes } from './routes/integrations.ts';
import { addLeaseRoutes } from './routes/leases.ts';
import { addMetricsRoutes } from './routes/metrics.ts';
import { addOpenApiRoutes } from './routes/openapi.ts';
import { addOperationRoutes } from './routes/operations.ts';
import { addOwnerRoutes } from './routes/owner.ts';
import { addProfileRoutes } from './routes/profiles.ts';
import { addPromptRoutes } from './routes/prompts.ts';
import { addRestoreSessionRoute } from './routes/restore-session.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addSdkEndpoints } from './routes/sdk-endpoints.ts';
import { addSessionTestRoutes } from './routes/session-test.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { addSettingsRoutes } from './routes/settings.ts';
import { addTokenRoutes } from './routes/tokens.ts';
import { addReleaseRoutes } from './routes/releases.ts';
import { addVaultRoutes } from './routes/vault.ts';
import { sdkRefusal } from './sdk-refusal.ts';
import { everyHeader, windowHeaders } from './window/headers.ts';

/**
 * The whole HTTP app. It holds no state: each request brings what it works on. Throws for a route
 * without a declared scope.
 */
export function buildApp(): ApiApp {
  const app: ApiApp = new OpenAPIHono<ApiEnv>({
    strict: false, // a trailing slash makes no difference
    defaultHook: (result, c) => {
      if (result.success) return;
      // The validator passes the checked value too, which its types omit.
      const { data } = result as { readonly data?: unknown };
      const errors = fieldErrors(result.error, data);
      if (result.target === 'query') throw invalidQuery(errors, data);
      throw c.req.method === 'PATCH' ? invalidPatch(errors, data) : invalidRequest(errors);
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
        detail: `${c.req.method} does not work on ${withoutLeaseToken(c.req.path)}.`,
        next: `Use ${methods.join(', ')}.`,
      });
    }
    throw new Problem('not-found', {
      detail: `There is nothing at ${withoutLeaseToken(c.req.path)}.`,
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
    useNoted,
    keychainRetried,
    workspaceRead,
  );
  app.use(bodyLimited);

  addHealthRoutes(app);
  addHandshakeRoutes(app);
  addSessionTestRoutes(app);
  addSessionRoutes(app);
  addOperationRoutes(app);
  addRestoreSessionRoute(app);
  addRunRoutes(app);
  addConsoleRoutes(app);
  addAccessKeyRoutes(app);
  addCredentialsRoutes(app);
  addLeaseRoutes(app);
  addSdkEndpoints(app);
  addIntegrationRoutes(app);
  addIdentityProviderRoutes(app);
  addProfileRoutes(app);
  addExportRoutes(app);
  addImportRoutes(app);
  addPromptRoutes(app);
  addEventsRoutes(app);
  addHistoryRoutes(app);
  addHistoryExportRoutes(app);
  addSettingsRoutes(app);
  addTokenRoutes(app);
  addChangeRoutes(app);
  addOwnerRoutes(app);
  addVaultRoutes(app);
  addMetricsRoutes(app);
  addReleaseRoutes(app);
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

/** Answers hold what only their reader may see. */
export const notCached: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  // The window's own files are the only answers that say otherwise.
  if (c.res.headers.has('Cache-Control')) return;
  c.res.headers.set('Cache-Control', 'no-store');
  if (!c.res.headers.has('Vary')) c.res.headers.set('Vary', 'Authorization');
};

/** A command, or a click in the window, keeps the vault from being locked as idle. */
const useNoted: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { method, path } = c.req;
  const role = (c.get('principal') as Principal | undefined)?.role;
  await c.env.services.noteRequest({ isUse: isUse({ method, path, role }) });
  await next();
};

/** So that a command works as soon as somebody has unlocked the keychain. */
const keychainRetried: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await c.env.services.retryKeychain();
  await next();
};

/** So that an answer shows what a person changed in the file. Programs that ask for credentials need none. */
const workspaceRead: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (!isSdkEndpoint(c.req.path)) await c.env.services.refreshWorkspace();
  await next();
};

const onlyTrusted: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { kind, port, namedUid } = c.env.connection;
  if (kind === 'tcp') {
    const provenance = {
      host: c.req.header('host'),
      origin: c.req.header('origin'),
      fetchSite: isVisit(c) ? undefined : c.req.header('sec-fetch-site'),
    };
    const reason =
      port === undefined
        ? 'its port is unknown'
        : namedUid !== undefined && !isSdkEndpoint(c.req.path)
          ? 'another user of this machine sent it'
          : distrust(provenance, port);
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
  const file = isPage
    ? await c.env.windowFiles?.find(path, c.req.header('accept-encoding'))
    : undefined;
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
  if (!isOpen) {
    const principal = await authenticate(c);
    c.set('principal', principal);
    setActor(actorFrom(principal, c.env.connection));
  }
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

const limited = bodyLimit({ maxSize: largestBody, onError: refuseBody });

/** A GET or HEAD has no body (Fetch standard), and asking for it makes a whole `Request` of each. */
const bodyLimited: MiddlewareHandler<ApiEnv> = async (c, next) =>
  c.req.method === 'GET' || c.req.method === 'HEAD' ? await next() : await limited(c, next);

function refuseBody(): never {
  throw new Problem('body-too-large', {
    detail: `The request body is larger than ${largestBody / 1024} KiB.`,
    next: 'Send a smaller body.',
  });
}

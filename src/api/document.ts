import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiApp, ApiEnv } from './context.ts';
import { leaseScheme } from './define-route.ts';
import { addExamples } from './examples/add-examples.ts';

type OpenApiDocument = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

/** The OpenAPI 3.1 description of `app`, which `openapi.json` in the repository holds. */
export function describeApp(app: ApiApp): OpenApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Stint',
      version: '1',
      description:
        'Cloud credential sessions that last as long as the work does. Every failure is an RFC 9457 ' +
        'problem document; docs/problems.md explains each. Examples are for a POSIX shell, with the agent’s ' +
        'socket in SOCKET and a client token in TOKEN.',
      license: { name: 'MIT' },
    },
  });
  document.components = {
    ...document.components,
    securitySchemes: {
      clientToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A client token (RFC 6750). A route requires the scope in its `x-scope`.',
      },
      ...Object.fromEntries(
        ['authorization', 'x-identity-header', 'secret'].map((name) => [
          leaseScheme(name),
          {
            type: 'apiKey' as const,
            in: 'header' as const,
            name,
            description: 'The lease’s token.',
          },
        ]),
      ),
    },
  };
  addExamples(document.paths ?? {});
  return document;
}

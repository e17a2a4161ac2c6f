import { z } from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { describeApp } from '../document.ts';

const read = defineRoute({
  operationId: 'getOpenApi',
  method: 'get',
  path: '/v1/openapi.json',
  tag: 'owner',
  summary: 'Read this description',
  scope: 'any-token',
  bound: 'filtered',
  responses: {
    200: {
      description: 'OpenAPI 3.1',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
});

export function addOpenApiRoutes(app: ApiApp): void {
  app.openapi(read, (c) =>
    c.json(JSON.parse(JSON.stringify(describeApp(app))) as Record<string, never>, 200),
  );
}

import * as z from 'zod';
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
  let text: string | undefined;
  app.openapi(read, (c) => {
    // Building it takes tens of milliseconds, in which nobody else is answered.
    text ??= JSON.stringify(describeApp(app));
    return c.body(text, 200, { 'Content-Type': 'application/json' }) as never;
  });
}

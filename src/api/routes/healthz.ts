import * as z from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';

const health = defineRoute({
  operationId: 'getHealth',
  method: 'get',
  path: '/v1/healthz',
  tag: 'owner',
  summary: 'Check that an owner is running, and which one',
  scope: 'open',
  responses: {
    200: {
      description: 'The owner',
      content: {
        'application/json': {
          schema: z
            .object({ status: z.literal('ok'), version: z.string(), pid: z.int() })
            .meta({ id: 'Health' }),
        },
      },
    },
  },
});

export function addHealthRoutes(app: ApiApp): void {
  app.openapi(health, (c) => {
    const { version, pid } = c.env.services.owner;
    return c.json({ status: 'ok' as const, version, pid }, 200);
  });
}

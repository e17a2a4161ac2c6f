import * as z from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';

const read = defineRoute({
  operationId: 'getMetrics',
  method: 'get',
  path: '/v1/metrics',
  tag: 'metrics',
  summary: 'Read the metrics, for Prometheus. None carries a name',
  scope: 'metrics:read',
  responses: {
    200: {
      description: 'The text format of Prometheus, version 0.0.4',
      content: { 'text/plain': { schema: z.string() } },
    },
  },
});

export function addMetricsRoutes(app: ApiApp): void {
  app.openapi(read, async (c) => {
    const { metrics } = c.env.services;
    return c.text(await metrics.text(), 200, { 'Content-Type': metrics.registry.contentType });
  });
}

import * as z from 'zod';
import { runSummarySchema } from '../../models/run-summary.ts';
import { runsOf } from '../../services/history/runs.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { runFilter } from '../schemas/list-filters.ts';
import { sessionPath } from '../schemas/parameters.ts';

const list = defineRoute({
  operationId: 'listRuns',
  method: 'get',
  path: '/v1/sessions/{id}/runs',
  tag: 'sessions',
  summary: 'List the last runs of a session, newest first',
  scope: 'sessions:read',
  bound: 'own-session',
  request: { params: sessionPath, query: runFilter.query },
  responses: {
    200: {
      description: 'The runs',
      content: {
        'application/json': {
          schema: z
            .object({ items: z.array(runSummarySchema.meta({ id: 'RunSummary' })) })
            .meta({ id: 'RunList' }),
        },
      },
    },
  },
  problems: ['file-unreadable'],
});

export function addRunRoutes(app: ApiApp): void {
  app.openapi(list, (c) => {
    const { sessions, history } = c.env.services;
    const { sessionId } = sessions.get(c.req.valid('param').id);
    const asked = c.req.valid('query');
    const items = runsOf(history, sessionId).filter((one) => runFilter.fits(one, asked));
    return c.json({ items }, 200);
  });
}

import { z } from 'zod';
import { historyEntrySchema, historyKindSchema } from '../../models/history.ts';
import { instantSchema } from '../../models/time.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { limit } from '../schemas/parameters.ts';

const list = defineRoute({
  operationId: 'listHistory',
  method: 'get',
  path: '/v1/history',
  tag: 'history',
  summary: 'List the history, newest first',
  scope: 'history:read',
  bound: 'filtered',
  request: {
    query: z.strictObject({
      session: z.string().max(128).optional().describe('a sessionId, also of a removed session'),
      kind: historyKindSchema.optional(),
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      limit,
      cursor: z.string().max(2048).optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page of the history',
      content: {
        'application/json': {
          schema: z
            .object({
              items: z.array(historyEntrySchema.meta({ id: 'HistoryEntry' })),
              nextCursor: z.string().optional(),
            })
            .meta({ id: 'HistoryPage' }),
        },
      },
    },
  },
});

export function addHistoryRoutes(app: ApiApp): void {
  app.openapi(list, (c) => {
    const query = c.req.valid('query');
    const session = c.get('principal').sessionId ?? query.session;
    const { items, nextCursor } = c.env.services.history.list({
      ...query,
      ...(session === undefined ? {} : { session }),
    });
    return c.json({ items: [...items], ...(nextCursor === undefined ? {} : { nextCursor }) }, 200);
  });
}

import * as z from 'zod';
import { historyEntrySchema } from '../../models/history.ts';
import { historyVerificationSchema } from '../../models/history-verification.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { filterFor, historyFilter } from '../schemas/history-filter.ts';
import { limitUpTo } from '../schemas/parameters.ts';

const list = defineRoute({
  operationId: 'listHistory',
  method: 'get',
  path: '/v1/history',
  tag: 'history',
  summary: 'List the history, newest first',
  scope: 'history:read',
  bound: 'filtered',
  request: {
    query: historyFilter.extend({ limit: limitUpTo(500), cursor: z.string().max(2048).optional() }),
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

const verify = defineRoute({
  operationId: 'verifyHistory',
  method: 'get',
  path: '/v1/history/verify',
  tag: 'history',
  summary: 'Verify that no entry of the history was changed, removed, inserted or moved',
  scope: 'history:read',
  responses: {
    200: {
      description: 'What was found',
      content: {
        'application/json': {
          schema: historyVerificationSchema.meta({ id: 'HistoryVerification' }),
        },
      },
    },
  },
  problems: ['file-unreadable'],
});

export function addHistoryRoutes(app: ApiApp): void {
  app.openapi(verify, async (c) => c.json(await c.env.services.historyAnchor.verify(), 200));
  app.openapi(list, (c) => {
    const { limit: count, cursor, ...query } = c.req.valid('query');
    const { items, nextCursor } = c.env.services.history.list({
      ...filterFor(c, query),
      limit: count,
      cursor,
    });
    return c.json({ items: [...items], ...(nextCursor === undefined ? {} : { nextCursor }) }, 200);
  });
}

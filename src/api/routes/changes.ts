import * as z from 'zod';
import { changeSchema } from '../../models/change.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { changeFilter } from '../schemas/list-filters.ts';
import { leftoverSchema } from '../schemas/leftover.ts';
import { idIn, json, listAnswer } from '../schemas/resource.ts';

const tag = 'changes';

const list = defineRoute({
  operationId: 'listChanges',
  method: 'get',
  path: '/v1/changes',
  tag,
  summary: 'List everything that Stint holds on this machine: what it wrote, and what it stashed',
  scope: 'settings:read',
  request: { query: changeFilter.query },
  responses: listAnswer(changeSchema.meta({ id: 'Change' }), 'ChangeList'),
});

const restore = defineRoute({
  operationId: 'restoreChange',
  method: 'post',
  path: '/v1/changes/{id}/restore',
  tag,
  summary:
    'Put one thing back. If a session uses it, that session stops. A published profile also needs settings:update',
  scope: 'sessions:stop',
  request: { params: idIn('the id of the change') },
  responses: {
    200: {
      description: 'What happened. Again for the same id: the same, without a stopped session',
      content: json(
        z
          .object({
            restored: z.boolean().describe('whether Stint holds it no longer'),
            stopped: z
              .object({ sessionId: z.string(), sessionName: z.string() })
              .optional()
              .describe('the session that this has stopped'),
            issuedUntil: z
              .string()
              .optional()
              .describe('until when copies of its credentials that were made elsewhere still work'),
            leftovers: z.array(leftoverSchema),
          })
          .meta({ id: 'RestoreResult' }),
      ),
    },
  },
  problems: ['invalid-request', 'file-unreadable', 'file-unwritable'],
});

export function addChangeRoutes(app: ApiApp): void {
  app.openapi(list, async (c) => {
    const asked = c.req.valid('query');
    const all = await c.env.services.changes.list();
    return c.json({ items: all.filter((one) => changeFilter.fits(one, asked)) }, 200);
  });

  app.openapi(restore, async (c) => {
    const { leftovers, ...outcome } = await c.env.services.changes.restore(
      c.req.valid('param').id,
      c.get('principal'),
    );
    return c.json({ ...outcome, leftovers: [...leftovers] }, 200);
  });
}

import * as z from 'zod';
import { instantSchema } from '../../models/time.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { sessionViewSchema } from '../schemas/session-view.ts';
import { viewFor } from '../sessions/actions.ts';

const restore = defineRoute({
  operationId: 'restoreSession',
  method: 'post',
  path: '/v1/sessions/{id}/restore',
  tag: 'sessions',
  summary: 'Bring an archived session back. One that is not archived is unchanged',
  scope: 'sessions:update',
  bound: 'own-session',
  request: {
    params: sessionPath,
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({
              validUntil: instantSchema
                .optional()
                .describe('until when it is valid now; it has no end if omitted'),
            })
            .meta({ id: 'RestoreSessionBody' }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The session, no longer archived',
      content: {
        'application/json': {
          schema: z.object({ session: sessionViewSchema }).meta({ id: 'RestoredSession' }),
        },
      },
    },
  },
  problems: ['invalid-request', 'vault-locked', 'file-unwritable'],
});

export function addRestoreSessionRoute(app: ApiApp): void {
  app.openapi(restore, async (c) => {
    const by = c.get('principal');
    const { validUntil } = c.req.valid('json');
    const { id } = c.req.valid('param');
    const session = await c.env.services.sessions.restore(id, { validUntil, by: by.subject });
    return c.json({ session: viewFor(session, by, c.env.services) }, 200);
  });
}

import * as z from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';
import { sessionViewSchema } from '../schemas/session-view.ts';
import { viewFor } from '../sessions/actions.ts';

const rotateKeys = defineRoute({
  operationId: 'rotateAccessKeys',
  method: 'post',
  path: '/v1/sessions/{id}/rotate-keys',
  tag: 'sessions',
  summary: 'Replace the access key of an IAM user by a new one, or delete the old one',
  scope: 'sessions:update',
  bound: 'own-session',
  request: {
    params: sessionPath,
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({
              finish: z
                .boolean()
                .optional()
                .describe('delete the old key, which an earlier rotation deactivated'),
            })
            .meta({ id: 'RotateKeysRequest' }),
        },
      },
      required: true,
    },
  },
  responses: {
    200: {
      description: 'Done. `keyRotation` of the session says whether an old key waits for deletion',
      content: {
        'application/json': {
          schema: z.object({ session: sessionViewSchema }).meta({ id: 'RotateKeysResult' }),
        },
      },
    },
    202: {
      description:
        'Somebody has to answer a question. The work then continues; its end is in the history: `key-deactivated`, `key-deleted` or `key-rotation-failed`',
      content: {
        'application/json': {
          schema: z
            .object({ session: sessionViewSchema, prompts: z.array(promptViewSchema) })
            .meta({ id: 'RotateKeysPending' }),
        },
      },
    },
  },
  problems: [
    'key-rotation-conflict',
    'session-archived',
    'session-ended',
    'owner-ending',
    'secret-missing',
    'secret-unreadable',
    'prompt-expired',
    'cloud-refused',
    'cloud-unreachable',
    'vault-locked',
    'vault-unreadable',
    'file-unreadable',
    'file-unwritable',
  ],
});

export function addAccessKeyRoutes(app: ApiApp): void {
  app.openapi(rotateKeys, async (c) => {
    const by = c.get('principal');
    const { finish = false } = c.req.valid('json');
    const outcome = await c.env.services.sessions.rotateKeys(c.req.valid('param').id, {
      finish,
      by: by.subject,
    });
    const session = viewFor(outcome.session, by, c.env.services);
    return outcome.prompts.length === 0
      ? c.json({ session }, 200)
      : c.json({ session, prompts: [...outcome.prompts] }, 202);
  });
}

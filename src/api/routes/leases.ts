import { z } from 'zod';
import { leaseKindSchema, leaseProcessSchema, leaseSchema } from '../../models/lease.ts';
import { Problem } from '../../models/problem.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { isVisible } from '../sessions/actions.ts';

const tag = 'leases';
const leaseView = leaseSchema.meta({ id: 'Lease' });

const open = defineRoute({
  operationId: 'openLease',
  method: 'post',
  path: '/v1/sessions/{id}/leases',
  tag,
  summary: 'A consumer of the session’s credentials: where SDKs ask for them, and with which token',
  scope: 'credentials:read',
  bound: 'own-session',
  request: {
    params: sessionPath,
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({
              kind: leaseKindSchema,
              process: leaseProcessSchema
                .optional()
                .describe('the program that uses it, by name; never its arguments'),
              pid: z
                .int()
                .min(1)
                .max(2 ** 31 - 1)
                .optional()
                .describe('of a lease of kind exec: it is closed when that process is gone'),
            })
            .meta({ id: 'NewLease' }),
        },
      },
      required: true,
    },
  },
  responses: {
    201: {
      description: 'Open until it is closed or the run ends; its token is shown this once',
      content: {
        'application/json': {
          schema: z
            .object({
              lease: leaseView,
              token: z.string(),
              tokenFile: z
                .string()
                .describe('holds the token; its folder is the lease’s own and goes with it'),
              url: z.string().describe('of the SDK endpoint for the session, on loopback'),
              azureConfigDir: z
                .string()
                .optional()
                .describe('of an Azure session: a configuration folder for the Azure CLI'),
            })
            .meta({ id: 'OpenedLease' }),
        },
      },
    },
  },
  problems: ['session-not-active', 'leases-used-up', 'file-unwritable'],
});

const list = defineRoute({
  operationId: 'listLeases',
  method: 'get',
  path: '/v1/sessions/{id}/leases',
  tag,
  summary: 'The leases of a session, newest first: open ones, and those closed in the last week',
  // Nothing of them is secret, and the window shows them.
  scope: 'sessions:read',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'Of this run and of earlier ones, 500 at most',
      content: {
        'application/json': {
          schema: z.object({ items: z.array(leaseView) }).meta({ id: 'LeaseList' }),
        },
      },
    },
  },
});

const close = defineRoute({
  operationId: 'closeLease',
  method: 'delete',
  path: '/v1/leases/{id}',
  tag,
  summary: 'Close a lease; twice does no harm. Done once the run has ended, if it ends with this',
  scope: 'credentials:read',
  bound: 'filtered',
  request: { params: z.object({ id: z.string().describe('the leaseId') }) },
  responses: {
    200: {
      description: 'Its token opens nothing any more',
      content: { 'application/json': { schema: leaseView } },
    },
  },
});

export function addLeaseRoutes(app: ApiApp): void {
  app.openapi(open, async (c) => {
    const { leases, owner, sessions } = c.env.services;
    const { id } = c.req.valid('param');
    const { type } = sessions.get(id);
    const port = await owner.listen();
    const opened = await leases.open(id, {
      ...c.req.valid('json'),
      by: c.get('principal').subject,
    });
    const path = type === 'azure' ? `/azure/${id}/token` : `/credentials/${id}`;
    return c.json({ ...opened, url: `http://127.0.0.1:${port}${path}` }, 201);
  });

  app.openapi(list, (c) =>
    c.json({ items: [...c.env.services.leases.list(c.req.valid('param').id)] }, 200),
  );

  app.openapi(close, async (c) => {
    const { leases } = c.env.services;
    const { id } = c.req.valid('param');
    const by = c.get('principal');
    const sessionId = leases.sessionOf(id);
    if (sessionId === undefined || !isVisible(sessionId, by)) {
      throw new Problem('not-found', {
        detail: `There is no lease ${id}.`,
        next: '`GET /v1/sessions/{id}/leases` lists those of a session.',
      });
    }
    return c.json(await leases.close(id, by.subject), 200);
  });
}

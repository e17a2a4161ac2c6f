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
  summary:
    'Open a lease: an address and a token with which an SDK obtains the session’s credentials',
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
                .describe('name of the program that uses it, without its arguments'),
              pid: z
                .int()
                .min(1)
                .max(2 ** 31 - 1)
                .optional()
                .describe(
                  'for a lease of kind exec: Stint closes the lease when this process ends',
                ),
            })
            .meta({ id: 'NewLease' }),
        },
      },
      required: true,
    },
  },
  responses: {
    201: {
      description:
        'The lease, open until it is closed or the run ends. Its token is shown only once',
      content: {
        'application/json': {
          schema: z
            .object({
              lease: leaseView,
              token: z.string(),
              tokenFile: z
                .string()
                .describe('a file with the token; it and its folder are removed with the lease'),
              url: z.string().describe('the SDK endpoint of the session, on loopback'),
              azureConfigDir: z
                .string()
                .optional()
                .describe('for an Azure session: a configuration folder for the Azure CLI'),
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
  summary:
    'List the leases of a session, newest first: open ones, and those closed in the last week',
  // They hold no secret, and the window shows them.
  scope: 'sessions:read',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'Leases of this run and of earlier ones, at most 500',
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
  summary:
    'Close a lease. Closing it twice is not an error. If the run ends with it, the answer waits for that',
  scope: 'credentials:read',
  bound: 'filtered',
  request: { params: z.object({ id: z.string().describe('the leaseId') }) },
  responses: {
    200: {
      description: 'The lease, whose token no longer works',
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
        next: 'List the leases of a session with `GET /v1/sessions/{id}/leases`.',
      });
    }
    return c.json(await leases.close(id, by.subject), 200);
  });
}

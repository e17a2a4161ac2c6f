import * as z from 'zod';
import {
  leaseProcessSchema,
  openedLeaseKindSchema,
  pidSchema,
  uidSchema,
} from '../../models/lease.ts';
import { narrowingSchema } from '../../models/narrowing.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { leaseFilter } from '../schemas/list-filters.ts';
import { narrowedProblems, visibleLease } from '../lent-credentials.ts';
import { heldLease, heldLeaseSchema, leaseView } from '../schemas/held-lease.ts';
import { leasePath, sessionPath } from '../schemas/parameters.ts';

const tag = 'leases';

const open = defineRoute({
  operationId: 'openLease',
  creates: true,
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
              kind: openedLeaseKindSchema,
              process: leaseProcessSchema
                .optional()
                .describe('name of the program that uses it, without its arguments'),
              pid: pidSchema
                .optional()
                .describe(
                  'for a lease of kind exec: Stint closes the lease when this process ends',
                ),
              tokenInFile: z
                .boolean()
                .optional()
                .describe(
                  'the program reads the token from `tokenFile` at each use, so that the next owner ' +
                    'can change it',
                ),
              bySocket: z
                .boolean()
                .optional()
                .describe(
                  'the program asks by `stint credentials`, over the socket: the lease stays open ' +
                    'when Stint loses its port',
                ),
              readOnly: z
                .boolean()
                .optional()
                .describe(
                  'as `policyArns` with AWS’s ReadOnlyAccess in the partition of the session',
                ),
              policyArns: narrowingSchema.shape.policyArns.describe(
                'IAM policies that limit what the program may do, beside what the session may do (AWS). Several, ' +
                  '`policy` and `readOnly` add up',
              ),
              policy: narrowingSchema.shape.policy.describe(
                'an IAM policy as JSON, with the same effect. At most 2,048 characters together with `policyArns`',
              ),
              allowedUids: z
                .array(uidSchema)
                .max(16)
                .optional()
                .describe(
                  'other users of this machine, such as that of a container, whose programs may use ' +
                    'the lease too (Linux)',
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
  problems: [
    'session-not-active',
    'leases-used-up',
    'invalid-request',
    ...narrowedProblems,
    'vault-locked',
    'vault-unreadable',
  ],
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
  request: { params: sessionPath, query: leaseFilter.query },
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

const held = {
  200: {
    description: 'The lease, which may be closed, and its session',
    content: { 'application/json': { schema: heldLeaseSchema } },
  },
} as const;

const self = defineRoute({
  operationId: 'getOwnLease',
  method: 'get',
  path: '/v1/lease',
  tag,
  summary: 'Read the lease whose token the request carries, and which session it lends',
  scope: 'lease',
  leaseHeaders: ['authorization'],
  responses: held,
});

const read = defineRoute({
  operationId: 'getLease',
  method: 'get',
  path: '/v1/leases/{id}',
  tag,
  summary: 'Read a lease, and which session it lends',
  scope: 'sessions:read',
  bound: 'filtered',
  request: { params: leasePath },
  responses: held,
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
  request: { params: leasePath },
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
      port,
      by: c.get('principal').subject,
    });
    const path = type === 'azure' ? `/azure/${id}/token` : `/credentials/${id}`;
    return c.json({ ...opened, url: `http://127.0.0.1:${port}${path}` }, 201);
  });

  app.openapi(list, (c) => {
    const asked = c.req.valid('query');
    const all = c.env.services.leases.list(c.req.valid('param').id);
    return c.json({ items: all.filter((one) => leaseFilter.fits(one, asked)) }, 200);
  });

  app.openapi(self, (c) => c.json(heldLease(c.env.services, c.get('lease')), 200));

  app.openapi(read, (c) =>
    c.json(heldLease(c.env.services, visibleLease(c, c.req.valid('param').id)), 200),
  );

  app.openapi(close, async (c) => {
    const { leases } = c.env.services;
    const { id } = c.req.valid('param');
    const { leaseId } = visibleLease(c, id);
    return c.json(await leases.close(leaseId, c.get('principal').subject), 200);
  });
}

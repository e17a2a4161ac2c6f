import { z } from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'owner';
const ending = {
  202: {
    description: 'It ends after this answer',
    content: {
      'application/json': { schema: z.object({ pid: z.int() }).meta({ id: 'OwnerEnding' }) },
    },
  },
};

const read = defineRoute({
  operationId: 'getOwner',
  method: 'get',
  path: '/v1/owner',
  tag,
  summary: 'The process that owns the workspace, and how it fares',
  scope: 'settings:read',
  responses: {
    200: {
      description: 'What doctor wants to know',
      content: {
        'application/json': {
          schema: z
            .object({
              pid: z.int(),
              version: z.string(),
              port: z.int().optional().describe('loopback port, where it listens on one'),
              vault: z.object({
                locked: z.boolean(),
                method: z.enum(['keychain', 'passphrase']),
                detail: z.string(),
              }),
              notices: z
                .array(z.string())
                .describe('what a person should know about the last load of the workspace'),
            })
            .meta({ id: 'Owner' }),
        },
      },
    },
  },
});

const release = defineRoute({
  operationId: 'releaseOwner',
  method: 'post',
  path: '/v1/owner/release',
  tag,
  summary: 'End this owner so that another takes over; sessions go on',
  scope: 'owner:manage',
  roles: ['owner'],
  responses: ending,
});

const stop = defineRoute({
  operationId: 'stopOwner',
  method: 'post',
  path: '/v1/owner/stop',
  tag,
  summary: 'End this owner; the quit setting says what becomes of running sessions',
  scope: 'owner:manage',
  roles: ['owner'],
  responses: ending,
});

const openWindow = defineRoute({
  operationId: 'createWindowAddress',
  method: 'post',
  path: '/v1/owner/window',
  tag,
  summary: 'An address that opens the window in a browser, once, within two minutes',
  scope: 'owner:manage',
  roles: ['owner'],
  responses: {
    200: {
      description: 'On loopback, where the owner listens from now on',
      content: {
        'application/json': {
          schema: z
            .object({ url: z.string().describe('secret until it is used: its fragment lets in') })
            .meta({ id: 'WindowAddress' }),
        },
      },
    },
  },
});

export function addOwnerRoutes(app: ApiApp): void {
  app.openapi(read, (c) => {
    const { owner, vault, notices } = c.env.services;
    const { locked, method, detail } = vault.status();
    const port = owner.port();
    return c.json(
      {
        pid: owner.pid,
        version: owner.version,
        ...(port === undefined ? {} : { port }),
        vault: { locked, method, detail },
        notices: [...notices()],
      },
      200,
    );
  });

  app.openapi(openWindow, async (c) => {
    const { owner, access } = c.env.services;
    const port = await owner.listen();
    return c.json({ url: `http://127.0.0.1:${port}/#code=${access.windowCode()}` }, 200);
  });

  app.openapi(release, (c) => {
    const { owner } = c.env.services;
    setImmediate(() => {
      owner.release();
    });
    return c.json({ pid: owner.pid }, 202);
  });

  app.openapi(stop, (c) => {
    const { owner } = c.env.services;
    setImmediate(() => {
      owner.stop();
    });
    return c.json({ pid: owner.pid }, 202);
  });
}

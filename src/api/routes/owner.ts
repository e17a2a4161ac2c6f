import * as z from 'zod';
import { trustedIssuerStateSchema } from '../../models/trusted-issuer.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { leftoverSchema } from '../schemas/leftover.ts';

const tag = 'owner';
const ending = {
  202: {
    description: 'The owner, which ends after this answer',
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
  summary: 'Read the process that owns the workspace, and its state',
  scope: 'settings:read',
  responses: {
    200: {
      description: 'The owner and its state',
      content: {
        'application/json': {
          schema: z
            .object({
              pid: z.int(),
              version: z.string(),
              port: z.int().optional().describe('loopback port, if it listens on one'),
              vault: z.object({
                locked: z.boolean(),
                method: z.enum(['keychain', 'passphrase']),
                detail: z.string(),
                next: z.string().optional().describe('what to do about it while it is locked'),
                keychainFailure: z
                  .string()
                  .optional()
                  .describe('why the keychain could not be used, while the vault waits for it'),
              }),
              hasScreen: z
                .boolean()
                .optional()
                .describe('whether it was started where it can show windows'),
              trustedIssuer: trustedIssuerStateSchema.optional(),
              notices: z.array(z.string()).describe('warnings about the workspace and its files'),
              leftovers: z
                .array(leftoverSchema)
                .describe('what stops left behind; Stint tries again every minute'),
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
  summary: 'End this owner so that another takes over. Sessions continue',
  scope: 'owner:manage',
  roles: ['owner'],
  responses: ending,
});

const stop = defineRoute({
  operationId: 'stopOwner',
  method: 'post',
  path: '/v1/owner/stop',
  tag,
  summary: 'End this owner. The setting `onQuit` decides about active sessions',
  scope: 'owner:manage',
  roles: ['owner'],
  responses: ending,
});

const restoreVault = defineRoute({
  operationId: 'restoreVault',
  method: 'post',
  path: '/v1/owner/vault',
  tag,
  summary: 'Replace a vault that is damaged or gone. What was there is renamed, never removed',
  scope: 'owner:manage',
  roles: ['owner'],
  request: {
    body: {
      content: {
        'application/json': {
          schema: z.strictObject({
            from: z
              .enum(['previous', 'nothing'])
              .describe('the version before, or a new and empty vault'),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The vault that counts now; it may still need its passphrase',
      content: {
        'application/json': {
          schema: z
            .object({
              locked: z.boolean(),
              detail: z.string(),
              kept: z.array(z.string()).describe('the new names of what was there'),
              writtenAt: z.string().optional().describe('when the restored version was written'),
            })
            .meta({ id: 'RestoredVault' }),
        },
      },
    },
  },
  problems: ['already-exists', 'not-found', 'file-unreadable', 'file-unwritable'],
});

const openWindow = defineRoute({
  operationId: 'createWindowAddress',
  method: 'post',
  path: '/v1/owner/window',
  tag,
  summary: 'Make an address that opens the window in a browser, once, within two minutes',
  scope: 'owner:manage',
  roles: ['owner'],
  responses: {
    200: {
      description: 'The address, on loopback',
      content: {
        'application/json': {
          schema: z
            .object({
              url: z.string().describe('secret until it is used: its fragment is a one-time code'),
            })
            .meta({ id: 'WindowAddress' }),
        },
      },
    },
  },
});

export function addOwnerRoutes(app: ApiApp): void {
  app.openapi(read, async (c) => {
    const { owner, vault, access, notices, leftovers } = c.env.services;
    const { locked, method, detail, next, keychainFailure } = vault.status();
    const port = owner.port();
    const trustedIssuer = await access.trustedIssuer();
    return c.json(
      {
        pid: owner.pid,
        version: owner.version,
        ...(port === undefined ? {} : { port }),
        vault: {
          locked,
          method,
          detail,
          ...(next === undefined ? {} : { next }),
          ...(keychainFailure === undefined ? {} : { keychainFailure }),
        },
        hasScreen: owner.hasScreen,
        ...(trustedIssuer === undefined ? {} : { trustedIssuer }),
        notices: [...notices()],
        leftovers: [...leftovers()],
      },
      200,
    );
  });

  app.openapi(openWindow, async (c) => {
    const { owner, access } = c.env.services;
    const port = await owner.listen();
    return c.json({ url: `http://127.0.0.1:${port}/#code=${access.windows.code()}` }, 200);
  });

  app.openapi(restoreVault, async (c) => {
    const { vault, restoreVault: restore } = c.env.services;
    const { kept, writtenAt } = await restore(c.req.valid('json').from);
    const { locked, detail } = vault.status();
    return c.json(
      { locked, detail, kept: [...kept], ...(writtenAt === undefined ? {} : { writtenAt }) },
      200,
    );
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

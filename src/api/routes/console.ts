import * as z from 'zod';
import { consoleHeader } from '../../models/console-browser.ts';
import { regionSchema } from '../../models/session-fields.ts';
import { instantSchema } from '../../models/time.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';

const open = defineRoute({
  operationId: 'openConsole',
  method: 'post',
  path: '/v1/sessions/{id}/console',
  tag: 'sessions',
  summary: 'Make an address that opens the web console of a session',
  scope: 'sessions:start',
  roles: ['owner', 'operator', 'window'],
  request: {
    params: sessionPath,
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({
              service: z
                .string()
                .regex(
                  /^[a-z][a-z\d-]{0,63}$/,
                  'must be a service as in the console’s addresses, such as s3',
                )
                .optional()
                .describe('AWS: the service to open, such as `s3`'),
              region: regionSchema
                .optional()
                .describe('AWS: another region of the session’s partition'),
              durationSeconds: z
                .int()
                .min(900)
                .max(43_200)
                .optional()
                .describe(
                  'AWS: how long the console stays signed in; only for roles assumed with long-term keys or SAML. As long as the credentials if omitted',
                ),
            })
            .meta({ id: 'ConsoleRequest' }),
        },
      },
      required: true,
    },
  },
  responses: {
    200: {
      description:
        'For AWS, an address that signs in anyone who opens it. For Azure, a page of the portal, which has its own sign-in',
      content: {
        'application/json': {
          schema: z
            .object({
              url: z.string(),
              secret: z.boolean().describe('anyone who opens the address is signed in'),
              expiresAt: instantSchema.optional().describe('until when the address can be opened'),
            })
            .meta({ id: 'ConsoleAddress' }),
        },
      },
    },
  },
  problems: [
    'session-not-active',
    'leases-used-up',
    'cloud-refused',
    'cloud-unreachable',
    'file-unreadable',
    'file-unwritable',
    'vault-locked',
    'vault-unreadable',
  ],
});

export function addConsoleRoutes(app: ApiApp): void {
  app.openapi(open, async (c) => {
    const address = await c.env.services.console.address(c.req.valid('param').id, {
      ...c.req.valid('json'),
      by: c.get('principal').subject,
    });
    c.header(consoleHeader, c.req.valid('param').id);
    return c.json(address, 200);
  });
}

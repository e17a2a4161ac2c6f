import { z } from 'zod';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';

/** AWS SDKs and Tools Reference Guide, "Process credential provider". */
const processCredentialsSchema = z
  .object({
    Version: z.literal(1),
    AccessKeyId: z.string(),
    SecretAccessKey: z.string(),
    SessionToken: z.string(),
    Expiration: z.string(),
    AccountId: z.string().optional(),
  })
  .meta({ id: 'ProcessCredentials' });

const read = defineRoute({
  operationId: 'getCredentials',
  method: 'get',
  path: '/v1/sessions/{id}/credentials',
  tag: 'credentials',
  summary: 'Read the credentials of an active session, in the form of credential_process',
  scope: 'credentials:read',
  bound: 'own-session',
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'The current credentials',
      content: { 'application/json': { schema: processCredentialsSchema } },
    },
  },
  problems: ['session-not-active', 'invalid-request', 'vault-locked', 'vault-unreadable'],
});

export function addCredentialsRoutes(app: ApiApp): void {
  app.openapi(read, async (c) => {
    const { sessions, leases } = c.env.services;
    const { id } = c.req.valid('param');
    const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId } =
      await sessions.credentials(id);
    leases.noteSessionUse(id);
    return c.json(
      {
        Version: 1 as const,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: expiration,
        ...(accountId === undefined ? {} : { AccountId: accountId }),
      },
      200,
    );
  });
}

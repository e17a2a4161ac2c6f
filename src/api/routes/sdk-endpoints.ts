import { z } from 'zod';
import { Problem } from '../../models/problem.ts';
import type { LeaseRecord } from '../../services/leases/lease-record.ts';
import type { ApiApp, ApiContext } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';

const tag = 'sdk-endpoints';

/** AWS SDKs and Tools Reference Guide, "Container credential provider". */
const containerCredentialsSchema = z
  .object({
    AccessKeyId: z.string(),
    SecretAccessKey: z.string(),
    Token: z.string(),
    Expiration: z.string(),
    AccountId: z.string().optional(),
  })
  .meta({ id: 'ContainerCredentials' });

const aws = defineRoute({
  operationId: 'getContainerCredentials',
  method: 'get',
  path: '/credentials/{id}',
  tag,
  summary:
    'Read the current credentials, in the form SDKs expect (AWS_CONTAINER_CREDENTIALS_FULL_URI)',
  scope: 'lease',
  leaseHeaders: ['authorization'],
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'The credentials, from memory: the request never waits for a sign-in',
      content: { 'application/json': { schema: containerCredentialsSchema } },
    },
  },
  problems: ['session-not-active', 'vault-locked', 'vault-unreadable'],
});

/** Parameters that name a user-assigned identity, in both versions of the contract. */
const otherIdentity = [
  'client_id',
  'clientid',
  'object_id',
  'principal_id',
  'mi_res_id',
  'msi_res_id',
] as const;
const names = z.object(
  Object.fromEntries(otherIdentity.map((name) => [name, z.string().optional()])) as Record<
    (typeof otherIdentity)[number],
    z.ZodOptional<z.ZodString>
  >,
);

const azure = defineRoute({
  operationId: 'getIdentityToken',
  method: 'get',
  path: '/azure/{id}/token',
  tag,
  summary:
    'Read a token for a resource, in the form SDKs expect (IDENTITY_ENDPOINT or MSI_ENDPOINT)',
  description:
    'The managed identity contract of Azure App Service (Microsoft Learn, "How to use managed ' +
    'identities for App Service and Azure Functions", "REST endpoint reference"), and its version of ' +
    '2017, which the Azure CLI uses.',
  scope: 'lease',
  leaseHeaders: ['x-identity-header', 'secret'],
  request: {
    params: sessionPath,
    query: z.object({
      resource: z.string().min(1).max(2048).describe('such as https://vault.azure.net'),
      'api-version': z.enum(['2019-08-01', '2017-09-01']).optional(),
      ...names.shape,
    }),
  },
  responses: {
    200: {
      description: 'The token, valid for at least 400 s, so that SDKs cache it',
      content: {
        'application/json': {
          schema: z
            .object({
              access_token: z.string(),
              expires_on: z.string().describe('seconds since the epoch'),
              resource: z.string().describe('exactly as requested, because SDKs compare it'),
              token_type: z.literal('Bearer'),
            })
            .meta({ id: 'IdentityToken' }),
        },
      },
    },
  },
  problems: [
    'session-not-active',
    'dependency-missing',
    'secret-missing',
    'secret-unreadable',
    'prompt-expired',
    'cloud-refused',
    'cloud-unreachable',
    'file-unwritable',
    'vault-locked',
    'vault-unreadable',
  ],
});

export function addSdkEndpoints(app: ApiApp): void {
  app.openapi(aws, async (c) => {
    const lease = openLease(c);
    const { leases, sessions } = c.env.services;
    const issued = await sessions.credentials(lease.sessionId);
    if (leases.isPast(issued.expiration)) throw beingRenewed(c, lease);
    leases.noteUse(lease.leaseId);
    return c.json(
      {
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: issued.secretAccessKey,
        Token: issued.sessionToken,
        Expiration: issued.expiration,
        ...(issued.accountId === undefined ? {} : { AccountId: issued.accountId }),
      },
      200,
    );
  });

  app.openapi(azure, async (c) => {
    const lease = openLease(c);
    const { resource, ...query } = c.req.valid('query');
    const other = otherIdentity.find((name) => query[name] !== undefined);
    if (other !== undefined) throw notOurs(other);
    const { leases, sessions } = c.env.services;
    const { accessToken, expiresAt } = await sessions.azureToken(lease.sessionId, resource);
    leases.noteUse(lease.leaseId);
    return c.json(
      {
        access_token: accessToken,
        expires_on: String(Math.floor(expiresAt / 1000)),
        resource,
        token_type: 'Bearer' as const,
      },
      200,
    );
  });
}

/** Throws Problem 'session-not-active' for a lease that was closed, with the reason. */
function openLease(c: ApiContext): LeaseRecord {
  const lease = c.get('lease');
  if (lease.closedAt === undefined) return lease;
  const session = c.env.services.sessions
    .list()
    .find(({ sessionId }) => sessionId === lease.sessionId);
  const name = session?.sessionName ?? lease.sessionId;
  const isOver = session?.run?.id !== lease.runId;
  throw new Problem('session-not-active', {
    detail: isOver
      ? `Session ${name} has ended (${lease.reason ?? 'stopped'}), and its leases with it.`
      : `The lease of this program on session ${name} was closed.`,
    next: `Start it again: stint start ${lease.sessionId}; then run the program with stint exec, or set the variables that stint env prints again.`,
    sessionId: lease.sessionId,
  });
}

function beingRenewed(c: ApiContext, { sessionId }: LeaseRecord): Problem {
  const { sessionName } = c.env.services.sessions.get(sessionId);
  return new Problem('session-not-active', {
    detail: `The credentials of session ${sessionName} have expired and could not be renewed yet.`,
    next: `Its history says why: stint history --session ${sessionId}`,
    sessionId,
  });
}

function notOurs(name: string): Problem {
  return new Problem('invalid-request', {
    detail: `The request names an identity by ${name}, but a session has only one, without a name.`,
    next: 'Unset AZURE_CLIENT_ID and similar variables, also in the settings of the program.',
    errors: [{ field: name, message: 'must be omitted: a session has only one identity' }],
  });
}

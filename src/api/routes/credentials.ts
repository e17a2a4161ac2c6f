import * as z from 'zod';
import { clipboardHeader } from '../../models/clipboard-header.ts';
import type { AwsCredentials } from '../../models/credentials.ts';
import { leaseProcessSchema } from '../../models/lease.ts';
import type { Run } from '../../models/session.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import {
  beingRenewed,
  lentCredentials,
  narrowedProblems,
  visibleLease,
} from '../lent-credentials.ts';
import { leasePath, sessionPath } from '../schemas/parameters.ts';

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
  request: {
    params: sessionPath,
    query: z.strictObject({
      kind: z
        .enum(['credential-process', 'static'])
        .default('credential-process')
        .describe('whether the reader asks again when they are about to expire'),
      pid: z
        .string()
        .regex(/^[1-9]\d{0,9}$/, 'must be the number of a process')
        .optional()
        .describe('the process that runs the command which reads them: each has a lease'),
      process: leaseProcessSchema.optional().describe('its name, where the process is unknown'),
    }),
  },
  responses: {
    200: {
      description:
        'The current credentials. Each reader has a lease until they expire or its process ends',
      content: { 'application/json': { schema: processCredentialsSchema } },
    },
  },
  problems: [
    'session-not-active',
    'leases-used-up',
    'invalid-request',
    'file-unwritable',
    'vault-locked',
    'vault-unreadable',
  ],
});

const readLent = defineRoute({
  operationId: 'getLeaseCredentials',
  method: 'get',
  path: '/v1/leases/{id}/credentials',
  tag: 'credentials',
  summary: 'Read the credentials that a lease lends, in the form of credential_process',
  scope: 'credentials:read',
  bound: 'filtered',
  request: { params: leasePath },
  responses: {
    200: {
      description: 'The current credentials of its session (AWS); counts as a use of the lease',
      content: { 'application/json': { schema: processCredentialsSchema } },
    },
  },
  problems: [
    'session-not-active',
    'invalid-request',
    ...narrowedProblems,
    'vault-locked',
    'vault-unreadable',
  ],
});

const copy = defineRoute({
  operationId: 'copyCredentials',
  method: 'post',
  path: '/v1/sessions/{id}/copy',
  tag: 'credentials',
  summary: 'Copy the credentials of an active AWS session once, after a click of its owner',
  scope: 'sessions:start',
  roles: ['owner', 'window'],
  request: { params: sessionPath },
  responses: {
    200: {
      description: 'Lines for a POSIX shell. They count as a read of the keys',
      content: {
        'application/json': {
          schema: z.object({ text: z.string() }).meta({ id: 'CopiedCredentials' }),
        },
      },
    },
  },
  problems: [
    'session-not-active',
    'leases-used-up',
    'invalid-request',
    'file-unwritable',
    'vault-locked',
    'vault-unreadable',
  ],
});

export function addCredentialsRoutes(app: ApiApp): void {
  app.openapi(read, async (c) => {
    const { sessions, leases } = c.env.services;
    const { id } = c.req.valid('param');
    const { kind, pid, process } = c.req.valid('query');
    const credentials = await sessions.credentials(id);
    if (leases.hasExpired(id, credentials.expiration)) throw beingRenewed(c.env.services, id);
    leases.noteReading(id, {
      kind,
      pid: pid === undefined ? undefined : Number(pid),
      process,
      expiresAt: Date.parse(credentials.expiration),
      by: c.get('principal').subject,
    });
    return c.json(forProcess(credentials), 200);
  });

  app.openapi(copy, async (c) => {
    const { sessions, leases } = c.env.services;
    const { id } = c.req.valid('param');
    const session = sessions.get(id);
    const credentials = await sessions.credentials(id);
    if (leases.hasExpired(id, credentials.expiration)) throw beingRenewed(c.env.services, id);
    leases.noteReading(id, {
      kind: 'static',
      process: 'clipboard',
      expiresAt: Date.parse(credentials.expiration),
      by: c.get('principal').subject,
    });
    c.header(clipboardHeader, 'credentials');
    return c.json({ text: shellLines(credentials, session.run ?? session) }, 200);
  });

  app.openapi(readLent, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(forProcess(await lentCredentials(c.env.services, visibleLease(c, id))), 200);
  });
}

function forProcess(credentials: AwsCredentials) {
  const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId } = credentials;
  return {
    Version: 1 as const,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
    ...(accountId === undefined ? {} : { AccountId: accountId }),
  };
}

/** Keys, tokens and addresses have no quotes. */
function shellLines(
  credentials: AwsCredentials,
  { region = '', endpointUrl }: Pick<Run, 'region' | 'endpointUrl'>,
): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const variables = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
    ...(endpointUrl === undefined ? {} : { AWS_ENDPOINT_URL: endpointUrl }),
  };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", '')}'\n`)
    .join('');
}

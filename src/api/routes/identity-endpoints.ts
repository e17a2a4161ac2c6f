import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import type { ApiApp, ApiContext } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { openLease } from './open-lease.ts';

/*
 * Managed identities as programs on Azure ask for them: in the forms of App Service, which tell the
 * lease by a header, and in that of virtual machines, whose clients send no secret.
 */

const tag = 'sdk-endpoints';

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

const resource = z.string().min(1).max(2048).describe('such as https://vault.azure.net');

const responses = {
  200: {
    description: 'The token, valid for at least 400 s, so that SDKs cache it',
    content: {
      'application/json': {
        schema: z
          .object({
            access_token: z.string(),
            expires_on: z.string().describe('seconds since the epoch'),
            // Terraform reads nothing else.
            expires_in: z.string().describe('seconds from now'),
            resource: z.string().describe('exactly as requested, because SDKs compare it'),
            token_type: z.literal('Bearer'),
          })
          .meta({ id: 'IdentityToken' }),
      },
    },
  },
} as const;

const problems = [
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
] as const;

const appService = defineRoute({
  operationId: 'getIdentityToken',
  method: 'get',
  path: '/azure/{id}/token',
  tag,
  summary:
    'Read a token for a resource, in the form SDKs expect (IDENTITY_ENDPOINT or MSI_ENDPOINT)',
  description:
    'The managed identity contract of Azure App Service (Microsoft Learn, "How to use managed ' +
    'identities for App Service and Azure Functions", "REST endpoint reference"), and its version of ' +
    '2017, which the Azure CLI uses. Terraform names the header `x-ms-identity`.',
  scope: 'lease',
  leaseHeaders: ['x-identity-header', 'secret', 'x-ms-identity'],
  request: {
    params: sessionPath,
    query: z.object({
      resource,
      'api-version': z.enum(['2019-08-01', '2017-09-01']).optional(),
      ...names.shape,
    }),
  },
  responses,
  problems,
});

const virtualMachine = defineRoute({
  operationId: 'getIdentityTokenAsVirtualMachine',
  method: 'get',
  path: '/azure/{id}/token/{leaseToken}',
  tag,
  summary: 'Read a token for a resource, in the form of virtual machines (ARM_MSI_ENDPOINT)',
  description:
    'The contract of the metadata service of virtual machines (Microsoft Learn, "How to use managed ' +
    'identities for Azure resources on an Azure VM to acquire an access token"). Its clients send no ' +
    'secret, so the path has the token of the lease.',
  scope: 'lease',
  leaseHeaders: [],
  request: {
    params: sessionPath.extend({ leaseToken: z.string().describe('the token of the lease') }),
    headers: z.object({
      // As that service requires, against requests that a page or a redirect could cause.
      metadata: z.literal('true').describe('true'),
    }),
    query: z.object({ resource, 'api-version': z.enum(['2018-02-01']), ...names.shape }),
  },
  responses,
  problems,
});

export function addIdentityEndpoints(app: ApiApp): void {
  app.openapi(appService, async (c) => c.json(await answer(c, c.req.valid('query')), 200));
  app.openapi(virtualMachine, async (c) => c.json(await answer(c, c.req.valid('query')), 200));
}

type Asked = { readonly resource: string } & Readonly<Partial<z.infer<typeof names>>>;

async function answer(c: ApiContext, { resource: asked, ...query }: Asked) {
  const lease = openLease(c.env.services, c.get('lease'));
  const other = otherIdentity.find((name) => query[name] !== undefined);
  if (other !== undefined) throw notOurs(other);
  const { leases, sessions } = c.env.services;
  const { accessToken, expiresAt, clockOffset } = await sessions.azureToken(lease.sessionId, asked);
  leases.noteUse(lease.leaseId);
  return {
    access_token: accessToken,
    expires_on: String(Math.floor(expiresAt / 1000)),
    expires_in: String(leases.secondsUntil(expiresAt - clockOffset)),
    resource: asked,
    token_type: 'Bearer' as const,
  };
}

function notOurs(name: string): Problem {
  return new Problem('invalid-request', {
    detail: `The request names an identity by ${name}, but a session has only one, without a name.`,
    next: 'Unset AZURE_CLIENT_ID and similar variables, also in the settings of the program.',
    errors: [{ field: name, message: 'must be omitted: a session has only one identity' }],
  });
}

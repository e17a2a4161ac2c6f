import * as z from 'zod';
import type { AwsCredentials } from '../../models/credentials.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { lentCredentials, narrowedProblems } from '../lent-credentials.ts';
import { sessionPath } from '../schemas/parameters.ts';
import { addIdentityEndpoints } from './identity-endpoints.ts';

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

export const containerOperation = 'getContainerCredentials';

const aws = defineRoute({
  operationId: containerOperation,
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
      description:
        'The credentials, from memory: the request never waits for a person. Those of a narrowed lease may have ' +
        'to be obtained',
      content: { 'application/json': { schema: containerCredentialsSchema } },
    },
  },
  problems: ['session-not-active', ...narrowedProblems, 'vault-locked', 'vault-unreadable'],
});

export function addSdkEndpoints(app: ApiApp): void {
  app.openapi(aws, async (c) => {
    const issued = await lentCredentials(c.env.services, c.get('lease'));
    return c.json(forContainer(issued), 200);
  });
  addIdentityEndpoints(app);
}

/** Credentials as AWS SDKs read them. */
export function forContainer(issued: AwsCredentials): z.infer<typeof containerCredentialsSchema> {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    Token: issued.sessionToken,
    Expiration: issued.expiration,
    ...(issued.accountId === undefined ? {} : { AccountId: issued.accountId }),
  };
}

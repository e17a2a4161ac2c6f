import { z } from 'zod';
import { identityProviderFieldsSchema } from '../../models/identity-provider.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { parse } from '../field-errors.ts';
import { mergePatch } from '../merge-patch.ts';
import { identityProviderViewSchema } from '../schemas/integration-view.ts';

const tag = 'identity providers';
const path = z.object({ id: z.string().describe('the idpId') });
const idp = { 'application/json': { schema: identityProviderViewSchema } };
const writing = ['file-unwritable', 'file-unreadable'] as const;

const list = defineRoute({
  operationId: 'listIdentityProviders',
  method: 'get',
  path: '/v1/idps',
  tag,
  summary: 'The SAML identity providers that federated sessions sign in at',
  scope: 'integrations:read',
  responses: {
    200: {
      description: 'All of them',
      content: {
        'application/json': {
          schema: z
            .object({ items: z.array(identityProviderViewSchema) })
            .meta({ id: 'IdentityProviderList' }),
        },
      },
    },
  },
});

const create = defineRoute({
  operationId: 'createIdentityProvider',
  method: 'post',
  path: '/v1/idps',
  tag,
  summary: 'Add an identity provider',
  scope: 'integrations:manage',
  request: {
    body: {
      content: {
        'application/json': {
          schema: identityProviderFieldsSchema.meta({ id: 'NewIdentityProvider' }),
        },
      },
      required: true,
    },
  },
  responses: {
    201: {
      description: 'The identity provider',
      headers: z.object({ Location: z.string() }),
      content: idp,
    },
  },
  problems: writing,
});

const read = defineRoute({
  operationId: 'getIdentityProvider',
  method: 'get',
  path: '/v1/idps/{id}',
  tag,
  summary: 'Read an identity provider',
  scope: 'integrations:read',
  request: { params: path },
  responses: { 200: { description: 'The identity provider', content: idp } },
});

const patchBody = z
  .record(z.string(), z.unknown())
  .describe('JSON merge patch (RFC 7396) on the fields of the identity provider')
  .meta({ id: 'IdentityProviderPatch' });

const patch = defineRoute({
  operationId: 'updateIdentityProvider',
  method: 'patch',
  path: '/v1/idps/{id}',
  tag,
  summary: 'Change some fields; another address drops what is kept of its sign-ins',
  scope: 'integrations:manage',
  request: {
    params: path,
    body: {
      content: {
        'application/merge-patch+json': { schema: patchBody },
        'application/json': { schema: patchBody },
      },
      required: true,
    },
  },
  responses: { 200: { description: 'The identity provider as it is now', content: idp } },
  problems: writing,
});

const remove = defineRoute({
  operationId: 'deleteIdentityProvider',
  method: 'delete',
  path: '/v1/idps/{id}',
  tag,
  summary: 'Remove an identity provider; sessions that sign in at it end',
  scope: 'integrations:manage',
  request: { params: path },
  responses: { 204: { description: 'It is gone' } },
  problems: writing,
});

export function addIdentityProviderRoutes(app: ApiApp): void {
  app.openapi(list, (c) => c.json({ items: [...c.env.services.identityProviders.list()] }, 200));

  app.openapi(create, async (c) => {
    const created = await c.env.services.identityProviders.create(c.req.valid('json'));
    c.header('Location', `/v1/idps/${created.idpId}`);
    return c.json(created, 201);
  });

  app.openapi(read, (c) =>
    c.json(c.env.services.identityProviders.get(c.req.valid('param').id), 200),
  );

  app.openapi(patch, async (c) => {
    const { id } = c.req.valid('param');
    const { idpId, ...fields } = c.env.services.identityProviders.get(id);
    const { idpId: ignored, ...sent } = c.req.valid('json');
    const merged = parse(identityProviderFieldsSchema, mergePatch(fields, sent));
    return c.json(await c.env.services.identityProviders.update(idpId, merged), 200);
  });

  app.openapi(remove, async (c) => {
    await c.env.services.identityProviders.remove(
      c.req.valid('param').id,
      c.get('principal').subject,
    );
    return c.body(null, 204);
  });
}

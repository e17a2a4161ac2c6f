import { identityProviderFieldsSchema } from '../../models/identity-provider.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { identityProviderFilter } from '../schemas/list-filters.ts';
import { patched } from '../merge-patch.ts';
import { identityProviderViewSchema } from '../schemas/integration-view.ts';
import {
  createdAnswer,
  idIn,
  json,
  jsonBody,
  listAnswer,
  patchBody,
  savingProblems,
} from '../schemas/resource.ts';

const tag = 'identity providers';
const path = idIn('the idpId');
const shown = {
  200: { description: 'The identity provider', content: json(identityProviderViewSchema) },
};

/** What is kept of its sign-ins is in the vault. */
const forgetting = [...savingProblems, 'vault-locked', 'vault-unreadable'] as const;

const list = defineRoute({
  operationId: 'listIdentityProviders',
  method: 'get',
  path: '/v1/idps',
  tag,
  summary: 'List the SAML identity providers of federated sessions',
  scope: 'integrations:read',
  request: { query: identityProviderFilter.query },
  responses: listAnswer(identityProviderViewSchema, 'IdentityProviderList'),
});

const create = defineRoute({
  operationId: 'createIdentityProvider',
  creates: true,
  method: 'post',
  path: '/v1/idps',
  tag,
  summary: 'Add an identity provider',
  scope: 'integrations:manage',
  request: {
    body: jsonBody(identityProviderFieldsSchema.meta({ id: 'NewIdentityProvider' })),
  },
  responses: createdAnswer('The identity provider', identityProviderViewSchema),
  problems: savingProblems,
});

const read = defineRoute({
  operationId: 'getIdentityProvider',
  method: 'get',
  path: '/v1/idps/{id}',
  tag,
  summary: 'Read an identity provider',
  scope: 'integrations:read',
  request: { params: path },
  responses: shown,
});

const patch = defineRoute({
  operationId: 'updateIdentityProvider',
  method: 'patch',
  path: '/v1/idps/{id}',
  tag,
  summary: 'Change some fields of an identity provider. Changing the URL ends its sign-ins',
  scope: 'integrations:manage',
  request: { params: path, body: patchBody('the identity provider', 'IdentityProviderPatch') },
  responses: shown,
  problems: forgetting,
});

const remove = defineRoute({
  operationId: 'deleteIdentityProvider',
  method: 'delete',
  path: '/v1/idps/{id}',
  tag,
  summary: 'Remove an identity provider. Sessions that use it end',
  scope: 'integrations:manage',
  request: { params: path },
  responses: { 204: { description: 'The identity provider was removed' } },
  problems: forgetting,
});

export function addIdentityProviderRoutes(app: ApiApp): void {
  app.openapi(list, (c) => {
    const asked = c.req.valid('query');
    const all = c.env.services.identityProviders.list();
    return c.json({ items: all.filter((one) => identityProviderFilter.fits(one, asked)) }, 200);
  });

  app.openapi(create, async (c) => {
    const created = await c.env.services.identityProviders.create(
      c.req.valid('json'),
      c.get('principal').subject,
    );
    c.header('Location', `/v1/idps/${created.idpId}`);
    return c.json(created, 201);
  });

  app.openapi(read, (c) =>
    c.json(c.env.services.identityProviders.get(c.req.valid('param').id), 200),
  );

  app.openapi(patch, async (c) => {
    // A reader may send back all that it was given.
    const { idpId: ignored, ...sent } = c.req.valid('json');
    const changed = await c.env.services.identityProviders.update(
      c.req.valid('param').id,
      (fields) => patched(identityProviderFieldsSchema, fields, sent),
      c.get('principal').subject,
    );
    return c.json(changed, 200);
  });

  app.openapi(remove, async (c) => {
    await c.env.services.identityProviders.remove(
      c.req.valid('param').id,
      c.get('principal').subject,
    );
    return c.body(null, 204);
  });
}

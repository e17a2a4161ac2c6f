import { z } from 'zod';
import {
  integrationFieldsSchema,
  integrationSecretsSchema,
  keptIntegrationFields,
} from '../../models/integration.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { parse } from '../field-errors.ts';
import { mergePatch } from '../merge-patch.ts';
import {
  integrationViewSchema,
  newIntegrationSchema,
  syncResultSchema,
} from '../schemas/integration-view.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';

const tag = 'integrations';
const path = z.object({ id: z.string().describe('the integrationId') });
const integration = { 'application/json': { schema: integrationViewSchema } };
const writing = ['file-unwritable', 'file-unreadable'] as const;
const keeping = [...writing, 'vault-locked', 'vault-unreadable'] as const;
const signingIn = [
  ...keeping,
  'owner-ending',
  'prompt-expired',
  'session-ended',
  'cloud-refused',
  'cloud-unreachable',
  'secret-missing',
  'secret-unreadable',
] as const;

const personNeeded = {
  description: 'A person has to sign in; the work goes on and is followed on /v1/events',
  content: {
    'application/json': {
      schema: z
        .object({ integration: integrationViewSchema, prompts: z.array(promptViewSchema) })
        .meta({ id: 'PendingSignIn' }),
    },
  },
};

const list = defineRoute({
  operationId: 'listIntegrations',
  method: 'get',
  path: '/v1/integrations',
  tag,
  summary: 'The sources of sessions',
  scope: 'integrations:read',
  responses: {
    200: {
      description: 'All of them',
      content: {
        'application/json': {
          schema: z
            .object({ items: z.array(integrationViewSchema) })
            .meta({ id: 'IntegrationList' }),
        },
      },
    },
  },
});

const create = defineRoute({
  operationId: 'createIntegration',
  method: 'post',
  path: '/v1/integrations',
  tag,
  summary: 'Add an integration',
  scope: 'integrations:manage',
  request: {
    body: { content: { 'application/json': { schema: newIntegrationSchema } }, required: true },
  },
  responses: {
    201: {
      description: 'The integration, logged out',
      headers: z.object({ Location: z.string() }),
      content: integration,
    },
  },
  problems: keeping,
});

const read = defineRoute({
  operationId: 'getIntegration',
  method: 'get',
  path: '/v1/integrations/{id}',
  tag,
  summary: 'Read an integration',
  scope: 'integrations:read',
  request: { params: path },
  responses: { 200: { description: 'The integration', content: integration } },
});

const patchBody = z
  .record(z.string(), z.unknown())
  .describe(
    'JSON merge patch (RFC 7396) on the fields of the integration; `secrets` replaces those of an Azure application',
  )
  .meta({ id: 'IntegrationPatch' });

const patch = defineRoute({
  operationId: 'updateIntegration',
  method: 'patch',
  path: '/v1/integrations/{id}',
  tag,
  summary: 'Change some fields; another place to sign in at logs it out',
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
  responses: { 200: { description: 'The integration as it is now', content: integration } },
  problems: keeping,
});

const remove = defineRoute({
  operationId: 'deleteIntegration',
  method: 'delete',
  path: '/v1/integrations/{id}',
  tag,
  summary: 'Remove an integration; sessions that came by it end',
  scope: 'integrations:manage',
  request: {
    params: path,
    query: z.strictObject({
      sessions: z
        .enum(['keep', 'remove'])
        .default('keep')
        .describe('whether its sessions stay in the workspace'),
    }),
  },
  responses: { 204: { description: 'It is gone' } },
  problems: keeping,
});

const login = defineRoute({
  operationId: 'signInIntegration',
  method: 'post',
  path: '/v1/integrations/{id}/login',
  tag,
  summary: 'Sign a person in, once for all who wait',
  scope: 'integrations:manage',
  request: {
    params: path,
    body: {
      content: {
        'application/json': {
          schema: z.strictObject({
            method: z
              .enum(['browser', 'device-code'])
              .optional()
              .describe('in a browser on this machine, or with a code in one anywhere'),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Somebody is signed in',
      content: {
        'application/json': {
          schema: z.object({ integration: integrationViewSchema }).meta({ id: 'SignInResult' }),
        },
      },
    },
    202: personNeeded,
  },
  problems: signingIn,
});

const logout = defineRoute({
  operationId: 'signOutIntegration',
  method: 'post',
  path: '/v1/integrations/{id}/logout',
  tag,
  summary: 'End the sign-in and every session that came by it',
  scope: 'integrations:manage',
  request: { params: path },
  responses: { 200: { description: 'The integration, logged out', content: integration } },
  problems: keeping,
});

const sync = defineRoute({
  operationId: 'syncIntegration',
  method: 'post',
  path: '/v1/integrations/{id}/sync',
  tag,
  summary: 'Bring its sessions in step with what it offers; what the user set stays',
  scope: 'integrations:manage',
  request: { params: path },
  responses: {
    200: {
      description: 'They are in step',
      content: {
        'application/json': {
          schema: z
            .object({ integration: integrationViewSchema, result: syncResultSchema })
            .meta({ id: 'IntegrationSync' }),
        },
      },
    },
    202: personNeeded,
  },
  problems: signingIn,
});

export function addIntegrationRoutes(app: ApiApp): void {
  app.openapi(list, (c) => c.json({ items: [...c.env.services.integrations.list()] }, 200));

  app.openapi(create, async (c) => {
    const by = c.get('principal').subject;
    const { secrets, ...fields } = { secrets: undefined, ...c.req.valid('json') };
    const created = await c.env.services.integrations.create(fields, by, secrets);
    c.header('Location', `/v1/integrations/${created.integrationId}`);
    return c.json(created, 201);
  });

  app.openapi(read, (c) => c.json(c.env.services.integrations.get(c.req.valid('param').id), 200));

  app.openapi(patch, async (c) => {
    // A reader may send back all that it was given.
    const { secrets, ...body } = c.req.valid('json');
    const sent = Object.entries(body).filter(([name]) => !keptIntegrationFields.includes(name));
    const changed = await c.env.services.integrations.update(
      c.req.valid('param').id,
      (fields) => parse(integrationFieldsSchema, mergePatch(fields, Object.fromEntries(sent))),
      c.get('principal').subject,
      secrets === undefined ? undefined : parse(integrationSecretsSchema, secrets, 'secrets'),
    );
    return c.json(changed, 200);
  });

  app.openapi(remove, async (c) => {
    await c.env.services.integrations.remove(c.req.valid('param').id, {
      sessions: c.req.valid('query').sessions,
      by: c.get('principal').subject,
    });
    return c.body(null, 204);
  });

  app.openapi(login, async (c) => {
    const { integration, prompts } = await c.env.services.integrations.login(
      c.req.valid('param').id,
      c.req.valid('json').method,
    );
    return prompts.length === 0
      ? c.json({ integration }, 200)
      : c.json({ integration, prompts: [...prompts] }, 202);
  });

  app.openapi(logout, async (c) =>
    c.json(
      await c.env.services.integrations.logout(c.req.valid('param').id, c.get('principal').subject),
      200,
    ),
  );

  app.openapi(sync, async (c) => {
    const { integration, prompts, result } = await c.env.services.integrations.sync(
      c.req.valid('param').id,
      c.get('principal').subject,
    );
    return result === undefined
      ? c.json({ integration, prompts: [...prompts] }, 202)
      : c.json({ integration, result }, 200);
  });
}

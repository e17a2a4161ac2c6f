import * as z from 'zod';
import {
  integrationFieldsSchema,
  integrationSecretsSchema,
  keptIntegrationFields,
} from '../../models/integration.ts';
import type { ApiApp } from '../context.ts';
import { claimsChallengeSchema } from '../schemas/claims-challenge.ts';
import { defineRoute } from '../define-route.ts';
import { parse } from '../field-errors.ts';
import { patched } from '../merge-patch.ts';
import {
  integrationViewSchema,
  newIntegrationSchema,
  syncResultSchema,
} from '../schemas/integration-view.ts';
import { integrationFilter } from '../schemas/list-filters.ts';
import { promptViewSchema } from '../schemas/prompt-view.ts';
import {
  createdAnswer,
  idIn,
  json,
  jsonBody,
  listAnswer,
  patchBody,
  savingProblems,
} from '../schemas/resource.ts';

const tag = 'integrations';
const path = idIn('the integrationId');
const content = json(integrationViewSchema);
const shown = { 200: { description: 'The integration', content } };
const keeping = [...savingProblems, 'vault-locked', 'vault-unreadable'] as const;
const signingIn = [
  ...keeping,
  'prompt-expired',
  'session-ended',
  'cloud-refused',
  'cloud-unreachable',
  'secret-missing',
  'secret-unreadable',
] as const;

const personNeeded = {
  description: 'A person has to sign in. The work then continues; follow it on /v1/events',
  content: json(
    z
      .object({ integration: integrationViewSchema, prompts: z.array(promptViewSchema) })
      .meta({ id: 'PendingSignIn' }),
  ),
};

const list = defineRoute({
  operationId: 'listIntegrations',
  method: 'get',
  path: '/v1/integrations',
  tag,
  summary: 'List the integrations, which sessions come from',
  scope: 'integrations:read',
  request: { query: integrationFilter.query },
  responses: listAnswer(integrationViewSchema, 'IntegrationList'),
});

const create = defineRoute({
  operationId: 'createIntegration',
  creates: true,
  method: 'post',
  path: '/v1/integrations',
  tag,
  summary: 'Add an integration',
  scope: 'integrations:manage',
  request: { body: jsonBody(newIntegrationSchema) },
  responses: createdAnswer('The integration, signed out', integrationViewSchema),
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
  responses: shown,
});

const patch = defineRoute({
  operationId: 'updateIntegration',
  method: 'patch',
  path: '/v1/integrations/{id}',
  tag,
  summary:
    'Change some fields of an integration. Changing where it signs in, or its secrets, signs it out',
  scope: 'integrations:manage',
  request: {
    params: path,
    body: patchBody(
      'the integration (`secrets` replaces those of an Azure application)',
      'IntegrationPatch',
    ),
  },
  responses: shown,
  problems: keeping,
});

const remove = defineRoute({
  operationId: 'deleteIntegration',
  method: 'delete',
  path: '/v1/integrations/{id}',
  tag,
  summary: 'Remove an integration. Its active sessions end',
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
  responses: { 204: { description: 'The integration was removed' } },
  problems: keeping,
});

const login = defineRoute({
  operationId: 'signInIntegration',
  method: 'post',
  path: '/v1/integrations/{id}/login',
  tag,
  summary: 'Sign in, once for everyone who waits for it',
  scope: 'integrations:manage',
  request: {
    params: path,
    body: {
      content: json(
        z.strictObject({
          method: z
            .enum(['browser', 'device-code'])
            .optional()
            .describe('in a browser on this machine, or with a code in a browser anywhere'),
          claimsChallenge: claimsChallengeSchema
            .optional()
            .describe('what Azure asks for beyond the sign-in, as JSON or in base64'),
        }),
      ),
    },
  },
  responses: {
    200: {
      description: 'The integration is signed in',
      content: json(z.object({ integration: integrationViewSchema }).meta({ id: 'SignInResult' })),
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
  summary: 'Sign out, and end every session of the integration',
  scope: 'integrations:manage',
  request: { params: path },
  responses: { 200: { description: 'The integration, signed out', content } },
  problems: keeping,
});

const sync = defineRoute({
  operationId: 'syncIntegration',
  method: 'post',
  path: '/v1/integrations/{id}/sync',
  tag,
  summary: 'Update the sessions of the integration. Fields that a person set stay',
  scope: 'integrations:manage',
  request: { params: path },
  responses: {
    200: {
      description: 'The sessions are up to date',
      content: json(
        z
          .object({ integration: integrationViewSchema, result: syncResultSchema })
          .meta({ id: 'IntegrationSync' }),
      ),
    },
    202: personNeeded,
  },
  problems: signingIn,
});

export function addIntegrationRoutes(app: ApiApp): void {
  app.openapi(list, (c) => {
    const asked = c.req.valid('query');
    const all = c.env.services.integrations.list();
    return c.json({ items: all.filter((one) => integrationFilter.fits(one, asked)) }, 200);
  });

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
      (fields) => patched(integrationFieldsSchema, fields, Object.fromEntries(sent)),
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
    const { method, claimsChallenge } = c.req.valid('json');
    const { integration, prompts } = await c.env.services.integrations.login(
      c.req.valid('param').id,
      method,
      claimsChallenge,
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

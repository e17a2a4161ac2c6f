import { z } from 'zod';
import { Problem } from '../../models/problem.ts';
import { scopeSchema } from '../../models/scope.ts';
import { issuedTokenSchema, tokenInfoSchema, tokenRequestSchema } from '../../models/token.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'tokens';
const scope = 'tokens:manage';
const keyProblems = ['vault-locked', 'vault-unreadable', 'file-unwritable'] as const;

/** Who asks for no name, such as a script, gets one. */
const newTokenSchema = tokenRequestSchema.partial({ name: true });
const nameless = 'token';

const issue = defineRoute({
  operationId: 'createToken',
  method: 'post',
  path: '/v1/tokens',
  tag,
  summary: 'Make a client token; it never carries more than its maker has',
  scope,
  request: {
    body: {
      content: { 'application/json': { schema: newTokenSchema.meta({ id: 'TokenRequest' }) } },
      required: true,
    },
  },
  responses: {
    201: {
      description: 'The token, shown this once',
      content: { 'application/json': { schema: issuedTokenSchema.meta({ id: 'IssuedToken' }) } },
    },
  },
  problems: keyProblems,
});

const list = defineRoute({
  operationId: 'listTokens',
  method: 'get',
  path: '/v1/tokens',
  tag,
  summary: 'The client tokens that were made, newest first; never the tokens themselves',
  scope,
  responses: {
    200: {
      description: 'All that have not been expired for a week',
      content: {
        'application/json': {
          schema: z
            .object({ items: z.array(tokenInfoSchema.meta({ id: 'TokenInfo' })) })
            .meta({ id: 'TokenList' }),
        },
      },
    },
  },
  problems: ['file-unreadable'],
});

const revoke = defineRoute({
  operationId: 'revokeToken',
  method: 'delete',
  path: '/v1/tokens/{id}',
  tag,
  summary: 'Make a client token void',
  scope,
  request: { params: z.object({ id: z.string().describe('the tokenId') }) },
  responses: { 204: { description: 'It is void' } },
  problems: ['file-unwritable'],
});

const verify = defineRoute({
  operationId: 'verifyToken',
  method: 'post',
  path: '/v1/tokens/verify',
  tag,
  summary: 'Whether a client token is good here, and for what',
  scope,
  request: {
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({ token: z.string().max(8192) })
            .meta({ id: 'TokenVerificationRequest' }),
        },
      },
      required: true,
    },
  },
  responses: {
    200: {
      description: 'What it is',
      content: {
        'application/json': {
          schema: z
            .object({
              valid: z.boolean(),
              subject: z.string().optional(),
              scopes: z.array(scopeSchema).optional(),
            })
            .meta({ id: 'TokenVerification' }),
        },
      },
    },
  },
  problems: ['vault-locked', 'vault-unreadable'],
});

const resetKey = defineRoute({
  operationId: 'resetSigningKey',
  method: 'post',
  path: '/v1/tokens/reset-key',
  tag,
  summary: 'Make every client token void at once',
  scope,
  responses: { 204: { description: 'None is good any more' } },
  problems: keyProblems,
});

export function addTokenRoutes(app: ApiApp): void {
  app.openapi(issue, async (c) => {
    const { name = nameless, expires_in: expiresInSeconds, ...request } = c.req.valid('json');
    const issued = await c.env.services.access.issue(c.get('principal'), {
      ...request,
      name,
      expiresInSeconds,
    });
    return c.json(issued, 201);
  });

  app.openapi(list, (c) =>
    c.json(
      { items: c.env.services.access.list().map((one) => ({ ...one, scopes: [...one.scopes] })) },
      200,
    ),
  );

  app.openapi(revoke, (c) => {
    const { id } = c.req.valid('param');
    if (!c.env.services.access.revoke(id, c.get('principal'))) {
      throw new Problem('not-found', {
        detail: `There is no client token ${id} that is still good.`,
        next: '`GET /v1/tokens` lists them.',
      });
    }
    return c.body(null, 204);
  });

  app.openapi(verify, async (c) => {
    const carrier = await c.env.services.access.verify(c.req.valid('json').token);
    return c.json(
      carrier === undefined
        ? { valid: false }
        : { valid: true, subject: carrier.subject, scopes: [...carrier.scopes] },
      200,
    );
  });

  app.openapi(resetKey, async (c) => {
    await c.env.services.access.resetKey(c.get('principal'));
    return c.body(null, 204);
  });
}

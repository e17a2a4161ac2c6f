import { z } from 'zod';
import { Problem } from '../../models/problem.ts';
import { scopeSchema } from '../../models/scope.ts';
import { issuedTokenSchema, tokenInfoSchema, tokenRequestSchema } from '../../models/token.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'tokens';
const scope = 'tokens:manage';
const keyProblems = ['vault-locked', 'vault-unreadable', 'file-unwritable'] as const;

/** A script may omit the name. */
const newTokenSchema = tokenRequestSchema.partial({ name: true });
const nameless = 'token';

const issue = defineRoute({
  operationId: 'createToken',
  method: 'post',
  path: '/v1/tokens',
  tag,
  summary: 'Make a client token. It allows at most what its maker may do',
  scope,
  request: {
    body: {
      content: { 'application/json': { schema: newTokenSchema.meta({ id: 'TokenRequest' }) } },
      required: true,
    },
  },
  responses: {
    201: {
      description: 'The token, shown only once',
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
  summary: 'List the client tokens, newest first, without the tokens themselves',
  scope,
  responses: {
    200: {
      description: 'The client tokens, except those that expired more than a week ago',
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
  summary: 'Revoke a client token',
  scope,
  request: { params: z.object({ id: z.string().describe('the tokenId') }) },
  responses: { 204: { description: 'The token was revoked' } },
  problems: ['file-unwritable'],
});

const verify = defineRoute({
  operationId: 'verifyToken',
  method: 'post',
  path: '/v1/tokens/verify',
  tag,
  summary: 'Check whether a client token is valid, and what it allows',
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
      description: 'Whether it is valid',
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
  summary: 'Revoke every client token at once',
  scope,
  responses: { 204: { description: 'All client tokens were revoked' } },
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
        detail: `There is no valid client token ${id}.`,
        next: 'List them with `GET /v1/tokens`.',
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

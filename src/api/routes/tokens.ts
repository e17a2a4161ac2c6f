import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import { roleSchema, scopeSchema, type Principal } from '../../models/scope.ts';
import { instantSchema, toInstant } from '../../models/time.ts';
import { issuedTokenSchema, tokenInfoSchema, tokenRequestSchema } from '../../models/token.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { tokenFilter } from '../schemas/list-filters.ts';

const tag = 'tokens';
const scope = 'tokens:manage';
const keyProblems = ['vault-locked', 'vault-unreadable', 'file-unwritable'] as const;

/** A script may omit the name. */
const newTokenSchema = tokenRequestSchema.partial({ name: true });
const nameless = 'token';

const issue = defineRoute({
  operationId: 'createToken',
  creates: true,
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
  problems: ['not-found', ...keyProblems],
});

const list = defineRoute({
  operationId: 'listTokens',
  method: 'get',
  path: '/v1/tokens',
  tag,
  summary: 'List the client tokens, newest first, without the tokens themselves',
  scope,
  request: { query: tokenFilter.query },
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
              role: roleSchema.optional(),
              scopes: z.array(scopeSchema).optional(),
              sessionId: z.string().optional().describe('the one session that it is bound to'),
              expiresAt: instantSchema.optional().describe('missing for the owner’s token'),
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
  request: {
    body: {
      content: {
        'application/json': {
          schema: z.strictObject({
            forget: z.boolean().optional().describe('also clear the list of client tokens'),
          }),
        },
      },
    },
  },
  responses: { 204: { description: 'All client tokens were revoked' } },
  problems: keyProblems,
});

export function addTokenRoutes(app: ApiApp): void {
  app.openapi(issue, async (c) => {
    const { name = nameless, expires_in: expiresInSeconds, ...request } = c.req.valid('json');
    // A token for a session that does not exist would work for whatever gets that id later.
    if (request.sessionId !== undefined) c.env.services.sessions.get(request.sessionId);
    const issued = await c.env.services.access.issue(c.get('principal'), {
      ...request,
      name,
      expiresInSeconds,
    });
    return c.json(issued, 201);
  });

  app.openapi(list, (c) => {
    const asked = c.req.valid('query');
    const found = c.env.services.access.list().filter((one) => tokenFilter.fits(one, asked));
    return c.json({ items: found.map((one) => ({ ...one, scopes: [...one.scopes] })) }, 200);
  });

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
    return c.json(carrier === undefined ? { valid: false } : rightsOf(carrier), 200);
  });

  app.openapi(resetKey, async (c) => {
    const { forget = false } = c.req.valid('json');
    await c.env.services.access.resetKey(c.get('principal'), { forget });
    return c.body(null, 204);
  });
}

function rightsOf({ subject, role, scopes, sessionId, token }: Principal) {
  return {
    valid: true,
    subject,
    role,
    scopes: [...scopes],
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(token === undefined ? {} : { expiresAt: toInstant(token.expiresAt * 1000) }),
  };
}

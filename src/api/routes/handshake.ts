import { z } from 'zod';
import { Problem } from '../../models/problem.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { serverProof } from '../server-proof.ts';

const base64url = /^[A-Za-z0-9_-]{22,128}$/;

const handshake = defineRoute({
  operationId: 'handshake',
  method: 'post',
  path: '/v1/handshake',
  tag: 'owner',
  summary: 'Prove the server to a client, or exchange the one-time code of a window for a token',
  description:
    'For a `nonce`, the proof is HMAC-SHA256, keyed with the text of the owner’s token file, over ' +
    '`stint-handshake`, the port and the nonce, joined by line feeds; base64url. A client computes ' +
    'it for the port it connected to and compares before it sends its token, so that a proof from ' +
    'another port is worthless. For a `code`, which `stint ui` puts in the fragment of the window’s ' +
    'address, the answer is a client token of the role `window`.',
  scope: 'open',
  request: {
    body: {
      content: {
        'application/json': {
          schema: z
            .union(
              [
                z.strictObject({
                  nonce: z
                    .string()
                    .regex(base64url, 'must be base64url of at least 16 random bytes'),
                }),
                z.strictObject({ code: z.string().regex(base64url, 'is not a code from Stint') }),
              ],
              { error: 'must have a nonce or a code, and nothing else' },
            )
            .meta({ id: 'Handshake' }),
        },
      },
      required: true,
    },
  },
  responses: {
    200: {
      description: 'The proof, or the token',
      content: {
        'application/json': {
          schema: z
            .object({
              proof: z.string().optional(),
              token: z.string().optional(),
              expiresAt: z.string().optional(),
            })
            .meta({ id: 'HandshakeResult' }),
        },
      },
    },
  },
  problems: ['unauthenticated'],
});

export function addHandshakeRoutes(app: ApiApp): void {
  app.openapi(handshake, async (c) => {
    const { access } = c.env.services;
    const asked = c.req.valid('json');
    if ('nonce' in asked) {
      const { nonce } = asked;
      const port = c.env.connection.port ?? 0;
      return c.json({ proof: serverProof({ secret: access.ownerToken(), port, nonce }) }, 200);
    }
    const issued = await access.redeemWindowCode(asked.code);
    if (issued === undefined) {
      throw new Problem('unauthenticated', {
        detail: 'The code of this window was already used or has expired.',
        next: 'Open the window again with `stint ui`.',
      });
    }
    return c.json({ token: issued.token, expiresAt: issued.expiresAt }, 200);
  });
}

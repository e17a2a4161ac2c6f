import * as z from 'zod';
import { Problem } from '../../models/problem.ts';
import type { Access } from '../../services/access/access.ts';
import type { WindowEntry } from '../../services/access/window-access.ts';
import type { ApiApp } from '../context.ts';
import { defineRoute } from '../define-route.ts';
import { serverProof } from '../server-proof.ts';

const base64url = /^[A-Za-z0-9_-]{22,128}$/;

const handshake = defineRoute({
  operationId: 'handshake',
  method: 'post',
  path: '/v1/handshake',
  tag: 'owner',
  summary: 'Prove the server to a client, or let a window in',
  description:
    'For a `nonce`, the proof is HMAC-SHA256, keyed with the text of the owner’s token file, over ' +
    '`stint-handshake`, the port and the nonce, joined by line feeds; base64url. A client computes ' +
    'it for the port it connected to and compares before it sends its token, so that a proof from ' +
    'another port is worthless. The `signature` is over `stint-window`, the port and the nonce, by the ' +
    'key pair of the home (ECDSA on P-256 with SHA-256, IEEE P1363, base64url): a browser window that ' +
    'has its public key checks it before it sends anything secret to the next owner. For a `code`, ' +
    'which `stint ui` puts in the fragment of the window’s address, the answer is a client token of the ' +
    'role `window`, which ends with this owner; the public key (SubjectPublicKeyInfo, base64url); and a ' +
    '`ticket` with which the window gets a token from the next owner. For the `token` of a window, the ' +
    'answer is another ticket.',
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
                z.strictObject({
                  ticket: z.string().regex(base64url, 'is not a ticket from Stint'),
                }),
                z.strictObject({ token: z.string().min(1).max(4096) }),
              ],
              { error: 'must have a nonce, a code, a ticket or a token, and nothing else' },
            )
            .meta({ id: 'Handshake' }),
        },
      },
      required: true,
    },
  },
  responses: {
    200: {
      description: 'The proofs, or what the window gets',
      content: {
        'application/json': {
          schema: z
            .object({
              proof: z.string().optional(),
              signature: z.string().optional(),
              token: z.string().optional(),
              expiresAt: z.string().optional(),
              publicKey: z.string().optional(),
              ticket: z.string().optional(),
            })
            .meta({ id: 'HandshakeResult' }),
        },
      },
    },
  },
  problems: ['unauthenticated', 'file-unreadable'],
});

export function addHandshakeRoutes(app: ApiApp): void {
  app.openapi(handshake, async (c) => {
    const { access } = c.env.services;
    const asked = c.req.valid('json');
    if ('nonce' in asked) {
      const { nonce } = asked;
      const port = c.env.connection.port ?? 0;
      const proof = serverProof({ secret: access.ownerToken(), port, nonce });
      return c.json({ proof, signature: access.windows.proof({ port, nonce }) }, 200);
    }
    const entry = await entryFor(access, asked);
    if (entry === undefined) {
      throw new Problem('unauthenticated', {
        detail: 'The code of this window was already used, or its access has ended.',
        next: 'Open the window again with `stint ui`.',
      });
    }
    return c.json({ ...entry }, 200);
  });
}

type Shown = { readonly code: string } | { readonly ticket: string } | { readonly token: string };

async function entryFor(access: Access, shown: Shown): Promise<WindowEntry | undefined> {
  if ('code' in shown) return await access.windows.withCode(shown.code);
  if ('ticket' in shown) return await access.windows.withTicket(shown.ticket);
  const principal = await access.verify(shown.token);
  return principal && access.windows.withToken(shown.token, principal);
}

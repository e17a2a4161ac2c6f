import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { Problem } from '../../models/problem.ts';
import type { ApiContext, ApiEnv } from '../context.ts';
import { invalidRequest } from '../field-errors.ts';

export const idempotencyHeader = 'Idempotency-Key';

/** A structured field string (RFC 9651, section 3.3.3), or the same without its quotes, as many clients send it. */
const keyPattern = /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\w.~:+/=-]{1,255}))$/;

/**
 * The Idempotency-Key HTTP Header Field (draft-ietf-httpapi-idempotency-key-header-07): the same request
 * with the same key of the same caller creates one thing, and gets the answer of the first. A request that
 * failed has created nothing, so its key is free again. Throws Problem 'idempotency-key-in-use' and
 * 'idempotency-key-reused'.
 */
export const idempotent: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const given = c.req.header(idempotencyHeader);
  if (given === undefined) {
    await next();
    return undefined;
  }
  const [, quoted, plain] = keyPattern.exec(given.trim()) ?? [];
  const own = quoted ?? plain;
  if (own === undefined) {
    throw invalidRequest([
      { field: idempotencyHeader, message: 'must be text of 1 to 255 characters in double quotes' },
    ]);
  }
  const { answers } = c.env;
  const key = JSON.stringify([callerOf(c), own]);
  const claim = answers.claim(key, await fingerprintOf(c));
  switch (claim.kind) {
    case 'under-way':
      throw new Problem('idempotency-key-in-use', {
        detail: `A request with the ${idempotencyHeader} ${own} is under way.`,
        next: 'Wait for its answer, or send the request again in a moment.',
      });
    case 'other-request':
      throw new Problem('idempotency-key-reused', {
        detail: `The ${idempotencyHeader} ${own} belongs to an earlier request, with another path or body.`,
        next: 'Make a new key for each new request, such as a UUID.',
      });
    case 'answered': {
      const { status, headers, body } = claim.answer;
      return new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) });
    }
    case 'new':
  }
  try {
    await next();
  } finally {
    if (c.error === undefined && c.res.status === 201) await remember(c, key);
    else answers.release(key);
  }
  return undefined;
};

async function remember(c: ApiContext, key: string): Promise<void> {
  const body = await c.res.clone().text();
  c.env.answers.keep(key, { status: c.res.status, headers: [...c.res.headers], body });
}

/** Keys of two callers have nothing to do with each other. */
function callerOf(c: ApiContext): string {
  const { subject, token } = c.get('principal');
  return token?.tokenId ?? subject;
}

async function fingerprintOf(c: ApiContext): Promise<string> {
  const hash = createHash('sha256');
  return hash.update(`${c.req.method} ${c.req.path}\n${await c.req.text()}`).digest('base64url');
}

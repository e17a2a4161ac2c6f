import type { MiddlewareHandler } from 'hono';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { acceptsCoding } from './accepts-coding.ts';
import type { ApiEnv } from './context.ts';

const gzipped = promisify(gzip);

/** An answer up to this size, in bytes, is not worth the work. */
const small = 4096;

/**
 * Compresses a large answer for the browser, whose page waits for it. Only for routes whose answers
 * have no secrets: the size of a compressed answer tells something about what is in it (BREACH). The
 * desktop window and programs on the socket get their answers from memory to memory.
 */
export const compressed: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  if (c.env.connection.kind !== 'tcp' || c.res.status !== 200) return;
  c.res.headers.set('Vary', 'Authorization, Accept-Encoding');
  if (!acceptsCoding(c.req.header('accept-encoding') ?? '', 'gzip')) return;
  const body = new Uint8Array(await c.res.arrayBuffer());
  const headers = new Headers(c.res.headers);
  headers.delete('Content-Length');
  const isSmall = body.length <= small;
  if (!isSmall) headers.set('Content-Encoding', 'gzip');
  // Set to nothing first: hono would merge the headers of the answer before.
  c.res = undefined;
  c.res = new Response(isSmall ? body : await gzipped(body, { level: constants.Z_BEST_SPEED }), {
    headers,
  });
};

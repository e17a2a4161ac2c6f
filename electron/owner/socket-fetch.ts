import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Headers of one hop, or that say who asks: a page must not choose those. */
const notForwarded: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'cookie',
  'host',
  'origin',
  'transfer-encoding',
]);

/**
 * Sends a request of the window over the owner's socket. The body of the answer streams; cancelling
 * it closes the connection. Rejects if nobody answers.
 */
export async function socketFetch(
  socketPath: string,
  token: string | undefined,
  request: Request,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = request.body === null ? undefined : await buffer(Readable.fromWeb(request.body));
  const headers = Object.fromEntries(
    [...request.headers].filter(([name]) => !notForwarded.has(name)),
  );
  return await new Promise((resolve, reject) => {
    const asked = httpRequest(
      {
        socketPath,
        method: request.method,
        path: pathname + search,
        headers: {
          ...headers,
          host: 'stint',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-length': body.length }),
        },
      },
      (answer) => {
        const status = answer.statusCode ?? 502;
        const answerHeaders = new Headers();
        for (const [name, values] of Object.entries(answer.headersDistinct)) {
          if (name === 'transfer-encoding' || name === 'connection') continue;
          for (const value of values ?? []) answerHeaders.append(name, value);
        }
        const bare = request.method === 'HEAD' || [204, 205, 304].includes(status);
        if (bare) answer.resume();
        resolve(
          new Response(bare ? null : (Readable.toWeb(answer) as globalThis.ReadableStream), {
            status,
            headers: answerHeaders,
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

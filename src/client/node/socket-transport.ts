import { request, type IncomingMessage } from 'node:http';
import type { ClientRequest, Transport } from '../transport.ts';
import { NoOwner } from './no-owner.ts';
import { OwnerFailure } from './owner-failure.ts';

/** An owner that does not answer for this long is stuck, in milliseconds. */
const patience = 5 * 60_000;

/**
 * Errors that mean nobody listens. The last two: the home's path is too long for a socket (unix(7)),
 * and no owner has recorded the shorter path that it would use.
 */
const nobodyListens = ['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'EINVAL', 'ENAMETOOLONG'];

/**
 * Requests over the owner's socket; resolves once the headers of the answer have arrived. Uses
 * `node:http`, because loading the global fetch takes longer than everything else a command does.
 * Throws NoOwner, OwnerFailure and the signal's reason.
 */
export function socketTransport(socketPath: () => string): Transport {
  return async (wanted) => {
    const answer = await call(socketPath(), wanted);
    return { status: answer.statusCode ?? 0, text: textOf(answer, wanted.signal) };
  };
}

async function call(
  socketPath: string,
  { method, path, headers, body, signal }: ClientRequest,
): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath,
        method,
        path,
        headers: {
          host: 'stint',
          ...headers,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        },
        agent: false,
        timeout: patience,
        ...(signal === undefined ? {} : { signal }),
      },
      resolve,
    );
    call.on('timeout', () => call.destroy(new Error('no answer within 5 min')));
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted === true) reject(signal.reason as Error);
      else if (nobodyListens.includes(error.code ?? '')) reject(new NoOwner());
      // It ended meanwhile. What changes something may have been done, so it is not asked again.
      else if (error.code === 'ECONNRESET' && method === 'GET') reject(new NoOwner());
      else reject(unreachable(error));
    });
    call.end(body);
  });
}

async function* textOf(
  answer: IncomingMessage,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  answer.setEncoding('utf8');
  try {
    for await (const piece of answer) yield String(piece);
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(error as Error);
  }
}

function unreachable(error: Error): OwnerFailure {
  return new OwnerFailure(
    'unreachable',
    `The agent cannot be reached: ${error.message}.`,
    'Check it: stint agent status',
  );
}

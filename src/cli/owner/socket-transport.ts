import { request, type IncomingMessage } from 'node:http';
import type { ClientRequest, Transport } from '../../client/transport.ts';
import { CommandFailure } from '../failure.ts';

/** An owner that is there and says nothing for so long is stuck, in milliseconds. */
const patience = 5 * 60_000;

/**
 * The last two: the home's path is too long for a socket (unix(7)), and no owner has recorded the
 * shorter one that it listens on then.
 */
const nobodyListens = ['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'EINVAL', 'ENAMETOOLONG'];

/** Nobody listens: there is no socket, or its owner died without removing it. */
export class NoOwner extends CommandFailure {
  constructor() {
    super('unreachable', 'No agent is running.', 'Start one: stint agent start');
  }
}

/**
 * Requests over the owner's socket, each answered as soon as its head is there. Over `node:http`: the
 * global fetch would cost more than all else the command does. It throws NoOwner, CommandFailure
 * 'unreachable' and the signal's reason.
 */
export function socketTransport(socketPath: () => string): Transport {
  return async (asked) => {
    const answer = await call(socketPath(), asked);
    return { status: answer.statusCode ?? 0, text: textOf(answer, asked.signal) };
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
    call.on('timeout', () => call.destroy(new Error('it does not answer')));
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted === true) reject(signal.reason as Error);
      else if (nobodyListens.includes(error.code ?? '')) reject(new NoOwner());
      else reject(cut(error));
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
    throw cut(error as Error);
  }
}

function cut(error: Error): CommandFailure {
  return new CommandFailure(
    'unreachable',
    `The agent cannot be reached: ${error.message}.`,
    'See how it fares: stint agent status',
  );
}

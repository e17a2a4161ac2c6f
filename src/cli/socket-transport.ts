import { request, type IncomingMessage } from 'node:http';
import { CommandFailure } from './failure.ts';

/** An owner that is there and says nothing for so long is stuck, in milliseconds. */
const patience = 5 * 60_000;

/** Nobody listens: there is no socket, or its owner died without removing it. */
export class NoOwner extends CommandFailure {
  constructor() {
    super('unreachable', 'No agent is running.', 'Start one: stint agent start');
  }
}

export interface SocketRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One request over the owner's socket, answered as soon as its head is there. Over `node:http`: the
 * global fetch would cost more than all else the command does. Throws NoOwner, CommandFailure
 * 'unreachable' and the signal's reason.
 */
export async function callSocket(
  socketPath: string,
  asked: SocketRequest,
): Promise<IncomingMessage> {
  const { method, path, headers, body, signal } = asked;
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
      else if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') reject(new NoOwner());
      else reject(cut(error));
    });
    call.end(body);
  });
}

/** All of an answer. Throws CommandFailure 'unreachable' where it breaks off. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  answer.setEncoding('utf8');
  try {
    for await (const chunk of answer) text += String(chunk);
  } catch (error) {
    throw cut(error as Error);
  }
  return text;
}

function cut(error: Error): CommandFailure {
  return new CommandFailure(
    'unreachable',
    `The agent cannot be reached: ${error.message}.`,
    'See how it fares: stint agent status',
  );
}

import { connect } from 'node:net';
import { NoOwner } from '../../client/node/no-owner.ts';
import type { Transport } from '../../client/transport.ts';

/** An owner that does not answer for this long is stuck, in milliseconds. */
const usualPatience = 5 * 60_000;

/** The owner's socket, or its loopback port as a program was given it. */
export type Target = string | number;

export interface Answer {
  readonly status: number;
  /** Its JSON, if it is that. */
  readonly body: unknown;
}

/** What the owner answers; undefined where none does. `patience`: in milliseconds. */
export async function askAtOnce(
  target: Target,
  path: string,
  token: string,
  patience?: number,
): Promise<Answer | undefined> {
  const answer = await answered(target, path, { authorization: `Bearer ${token}` }, patience);
  return answer && { status: answer.status, body: parsed(answer.text) };
}

/** The JSON that the owner answers with status 200; undefined for everything else, such as no owner. */
export async function getAtOnce(socketPath: string, path: string, token: string): Promise<unknown> {
  const answer = await askAtOnce(socketPath, path, token);
  return answer?.status === 200 ? answer.body : undefined;
}

/** What reads from an owner at its socket. Throws NoOwner where none answers. */
export function plainTransport(socketPath: string): Transport {
  return async ({ path, headers }) => {
    const answer = await answered(socketPath, path, headers);
    if (answer === undefined) throw new NoOwner();
    return { status: answer.status, text: [answer.text] };
  };
}

/**
 * By `node:net` alone: loading `node:http` takes as long as Node itself. HTTP/1.0, so that the body is
 * all that comes until the end.
 */
async function answered(
  target: Target,
  path: string,
  headers: Readonly<Record<string, string>>,
  patience: number = usualPatience,
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const isPort = typeof target === 'number';
  const host = isPort ? `127.0.0.1:${target}` : 'stint';
  const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  // A token with a line break would begin another header.
  if (fields.some((field) => !/^[ -~]+$/.test(field))) return undefined;
  const answer = await new Promise<Buffer>((resolve) => {
    const socket = isPort ? connect(target, '127.0.0.1') : connect(target);
    const pieces: Buffer[] = [];
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('close', () => {
      resolve(Buffer.concat(pieces));
    });
    socket.write(`GET ${path} HTTP/1.0\r\n${fields.join('\r\n')}\r\n\r\n`);
  });
  const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(answer.toString('latin1', 0, 16)) ?? [];
  const head = answer.indexOf('\r\n\r\n');
  return status === undefined || head === -1
    ? undefined
    : { status: Number(status), text: answer.toString('utf8', head + 4) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

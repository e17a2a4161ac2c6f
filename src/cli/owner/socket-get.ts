import { connect } from 'node:net';

/** An owner that does not answer for this long is stuck, in milliseconds. */
const usualPatience = 5 * 60_000;

/** The owner's socket, or its loopback port as a program was given it. */
export type Target = string | number;

export interface Answer {
  readonly status: number;
  /** Its JSON, if it is that. */
  readonly body: unknown;
}

/**
 * What the owner answers; undefined where none does. By `node:net` alone: loading `node:http` takes as
 * long as Node itself. HTTP/1.0, so that the body is all that comes until the end. `patience`: in
 * milliseconds.
 */
export async function askAtOnce(
  target: Target,
  path: string,
  token: string,
  patience: number = usualPatience,
): Promise<Answer | undefined> {
  const isPort = typeof target === 'number';
  const host = isPort ? `127.0.0.1:${target}` : 'stint';
  const answer = await new Promise<string>((resolve) => {
    const socket = isPort ? connect(target, '127.0.0.1') : connect(target);
    const pieces: Buffer[] = [];
    socket.setTimeout(patience, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('close', () => {
      resolve(Buffer.concat(pieces).toString());
    });
    socket.write(`GET ${path} HTTP/1.0\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  });
  const [head = '', body = ''] = answer.split(/\r\n\r\n(.*)/s);
  const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(head) ?? [];
  return status === undefined ? undefined : { status: Number(status), body: parsed(body) };
}

/** The JSON that the owner answers with status 200; undefined for everything else, such as no owner. */
export async function getAtOnce(socketPath: string, path: string, token: string): Promise<unknown> {
  const answer = await askAtOnce(socketPath, path, token);
  return answer?.status === 200 ? answer.body : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../models/problem.ts';

export interface OwnerInfo {
  readonly pid: number;
  readonly version: string;
}

/** How long a living owner may take to answer, in milliseconds. */
const patience = 15_000;

/** Who answers on the socket; undefined where nobody listens (stale or no socket). */
export async function probeOwner(socketPath: string): Promise<OwnerInfo | undefined> {
  const answer = await untilTold(() => call(socketPath, 'GET', '/v1/healthz', undefined));
  if (answer === undefined) return undefined;
  const { pid, version } = JSON.parse(answer) as OwnerInfo;
  return { pid, version };
}

/** Asks the owner to end without stopping sessions, and waits until it is gone. */
export async function askToRelease(socketPath: string, token: string): Promise<void> {
  await call(socketPath, 'POST', '/v1/owner/release', token);
  const deadline = Date.now() + patience;
  while ((await call(socketPath, 'GET', '/v1/healthz', undefined)) !== gone) {
    if (Date.now() > deadline) {
      throw new Problem('owner-conflict', {
        detail: 'The owner of the workspace was asked to hand over and did not.',
        next: 'End it by hand (its pid is in agent.json) and try again.',
      });
    }
    await pause(50);
  }
}

/** Nobody listens. */
const gone = undefined;
/** Somebody listens, and cut the connection off: who is just ending still holds the socket. */
const cutOff = Symbol('cut off');

async function untilTold(ask: () => Promise<string | typeof gone | typeof cutOff>) {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== cutOff) return answer;
    if (Date.now() > deadline) {
      throw new Problem('owner-conflict', {
        detail: 'The owner of the workspace cuts every connection off.',
        next: 'End it by hand (its pid is in agent.json) and try again.',
      });
    }
    await pause(50);
  }
}

async function call(
  socketPath: string,
  method: string,
  path: string,
  token: string | undefined,
): Promise<string | typeof gone | typeof cutOff> {
  return await new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath,
        method,
        path,
        timeout: patience,
        headers: {
          host: 'stint',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve(body));
        response.on('error', reject);
      },
    );
    asked.on('timeout', () => {
      asked.destroy(
        new Problem('owner-conflict', {
          detail: `A process listens on ${socketPath} but does not answer.`,
          next: 'End that process (its pid is in agent.json) and try again.',
        }),
      );
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '')) resolve(gone);
      else if (['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) resolve(cutOff);
      else reject(error);
    });
    asked.end();
  });
}

import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { valid } from 'semver';
import * as z from 'zod';
import { Problem } from '../models/problem.ts';

const ownerInfoSchema = z.object({
  pid: z.int(),
  version: z.string().refine((text) => valid(text) !== null),
});
export type OwnerInfo = z.infer<typeof ownerInfoSchema>;

/** How long a living owner may take to answer, in milliseconds. */
const answerTimeout = 15_000;

/**
 * How long an owner may take to hand over, in milliseconds: its sessions have 10 s, and then each file,
 * database and server has 2 s to close (lifecycle.ts).
 */
const handOverTimeout = 40_000;

/** How long to wait before asking again, in milliseconds. */
const askAgainAfter = 50;

/**
 * Who answers on the socket; undefined if nobody listens (a stale socket, or none). Throws Problem
 * 'owner-conflict' for a process that does not answer, or not as an owner does.
 */
export async function probeOwner(socketPath: string): Promise<OwnerInfo | undefined> {
  const deadline = performance.now() + answerTimeout;
  for (;;) {
    const answer = await call(socketPath, 'GET', '/v1/healthz');
    if (answer === gone) return undefined;
    if (answer !== cutOff) return ownerInfoIn(answer.body, socketPath);
    if (performance.now() > deadline) {
      throw new Problem('owner-conflict', {
        detail: 'The owner of the workspace closes every connection.',
        next: 'End it by hand (its pid is in agent.json) and try again.',
      });
    }
    await pause(askAgainAfter);
  }
}

/**
 * Asks the owner to end without stopping sessions, and waits until it is gone. `readToken` is called
 * until the owner takes the token: an owner that is still starting has not written its own yet.
 * Throws Problem 'owner-conflict'.
 */
export async function askToRelease(
  socketPath: string,
  readToken: () => Promise<string | undefined>,
): Promise<void> {
  const deadline = performance.now() + handOverTimeout;
  let isAsked = false;
  while ((await call(socketPath, 'GET', '/v1/healthz')) !== gone) {
    if (performance.now() > deadline) {
      throw new Problem('owner-conflict', {
        detail: 'The owner of the workspace was asked to hand over and did not.',
        next: 'End it by hand (its pid is in agent.json) and try again.',
      });
    }
    isAsked ||= await release(socketPath, await readToken());
    await pause(askAgainAfter);
  }
}

/** Whether the owner took the request. */
async function release(socketPath: string, token: string | undefined): Promise<boolean> {
  if (token === undefined) return false;
  const answer = await call(socketPath, 'POST', '/v1/owner/release', token);
  return answer !== gone && answer !== cutOff && answer.status < 300;
}

function ownerInfoIn(body: string, socketPath: string): OwnerInfo {
  try {
    return ownerInfoSchema.parse(JSON.parse(body));
  } catch (cause) {
    throw new Problem('owner-conflict', {
      detail: `A process listens on ${socketPath} and does not answer as Stint does.`,
      next: 'End that process and try again.',
      cause,
    });
  }
}

/** Nobody listens. */
const gone = Symbol('gone');
/** A process listens and closed the connection: an owner that is just ending still holds the socket. */
const cutOff = Symbol('cut off');

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function call(
  socketPath: string,
  method: string,
  path: string,
  token?: string,
): Promise<Answer | typeof gone | typeof cutOff> {
  return await new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath,
        method,
        path,
        timeout: answerTimeout,
        headers: {
          host: 'stint',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
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

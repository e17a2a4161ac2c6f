import { beforeEach, describe, expect, it } from 'vitest';
import { Door } from '../../../src/agent/door.ts';
import { Lifecycle } from '../../../src/agent/lifecycle.ts';
import type { Connection } from '../../../src/api/api.ts';

const socket: Connection = { kind: 'socket' };
const loopback: Connection = { kind: 'tcp', port: 4711 };
const api = {
  fetch: (request: Request) => Promise.resolve(new Response(`asked ${request.url}`)),
  direct: () => undefined,
};
const ask = (path: string) => new Request(`http://stint${path}`);

let door: Door;
let lifecycle: Lifecycle;

beforeEach(() => {
  const drop = () => undefined;
  const log = {
    debug: drop,
    info: drop,
    warn: drop,
    error: drop,
    explain: drop,
    hide: drop,
    close: drop,
  };
  lifecycle = new Lifecycle({ log });
  door = new Door({ owner: { pid: 7, version: '1.2.3' }, lifecycle });
});

/** Whether there is an answer by now. */
async function isAnswered(answer: Promise<Response>): Promise<boolean> {
  const pending = Symbol('pending');
  const soon = new Promise((resolve) => setImmediate(() => resolve(pending)));
  return (await Promise.race([answer, soon])) !== pending;
}

describe('before the owner has reconciled', () => {
  it('only the question who owns the workspace is answered, on the socket alone', async () => {
    const health = await door.fetch(ask('/v1/healthz'), socket);
    expect(await health.json()).toEqual({ status: 'ok', version: '1.2.3', pid: 7 });
    const sessions = door.fetch(ask('/v1/sessions'), socket);
    const remote = door.fetch(ask('/v1/healthz'), loopback);
    expect([await isAnswered(sessions), await isAnswered(remote)]).toEqual([false, false]);
    door.open(api);
    expect(await (await sessions).text()).toBe('asked http://stint/v1/sessions');
    expect(await (await remote).text()).toBe('asked http://stint/v1/healthz');
  });

  it('requests that wait fail with the owner', async () => {
    const sessions = door.fetch(ask('/v1/sessions'), socket);
    door.fail(new Error('workspace.json is of version 9'));
    await expect(sessions).rejects.toThrow('workspace.json is of version 9');
  });
});

it('while files are being closed every request is refused', async () => {
  door.open(api);
  let answer: Response | undefined;
  lifecycle.closeAtEnd('socket', async () => {
    answer = await door.fetch(ask('/v1/sessions'), socket);
  });
  await lifecycle.end({ end: 'handed-over', sessions: 'keep' });
  expect(answer?.status).toBe(503);
  expect(await answer?.json()).toMatchObject({
    type: 'urn:stint:problem:owner-ending',
    next: 'Another owner is taking over: try again in a moment.',
  });
});

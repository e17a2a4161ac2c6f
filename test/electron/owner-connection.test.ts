import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { remoteOwner } from '../../electron/owner/remote-owner.ts';
import { endingWith } from '../../electron/owner/ending-with.ts';
import type { OwnerConnection, ConnectionEnd } from '../../electron/owner/owner-connection.ts';
import { socketFetch } from '../../electron/owner/socket-fetch.ts';
import { keepConnected } from '../../electron/owner/reconnecting-owner.ts';

let folder: string;
let socketPath: string;
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-connection-'));
  socketPath = join(folder, 'agent.sock');
});
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<void> {
  const listening = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => listening.listen(socketPath, resolve));
  server = listening;
}

const page = (path: string, init?: RequestInit) => new Request(`stint://app${path}`, init);

describe('a request of the window over the owner’s socket', () => {
  test('arrives with its method, path, body and the token of the desktop', async () => {
    await listen(async (request, response) => {
      const { method, url, headers } = request;
      const body = await text(request);
      response.writeHead(201, { 'content-type': 'application/json', etag: '"3"' });
      response.end(
        JSON.stringify({ method, url, body, host: headers.host, who: headers.authorization }),
      );
    });
    const answer = await socketFetch(
      socketPath,
      'desktop-token',
      page('/v1/sessions?limit=2', {
        method: 'POST',
        body: '{"a":"ü"}',
        headers: { 'content-type': 'application/json', authorization: 'Bearer forged' },
      }),
    );
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"3"']);
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: '/v1/sessions?limit=2',
      body: '{"a":"ü"}',
      host: 'stint',
      who: 'Bearer desktop-token',
    });
  });

  test('accepts answers without a body', async () => {
    await listen((_request, response) => response.writeHead(204).end());
    const answer = await socketFetch(socketPath, 't', page('/v1/x', { method: 'DELETE' }));
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  test('streams, and closes the connection when the page closes the stream', async () => {
    const closed = Promise.withResolvers<undefined>();
    await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      response.on('close', () => closed.resolve(undefined));
    });
    const answer = await socketFetch(socketPath, 't', page('/v1/events'));
    const reader = answer.body?.getReader();
    const first = (await reader?.read()) as { readonly value?: Uint8Array } | undefined;
    expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n');
    await reader?.cancel();
    await closed.promise;
  });

  test('fails if nobody listens', async () => {
    await expect(socketFetch(socketPath, 't', page('/v1/sessions'))).rejects.toThrow('ENOENT');
  });
});

describe('a client of a newer owner', () => {
  const owned = () => remoteOwner({ socketPath, tokenFile: join(folder, 'token') });

  /** An owner that issues tokens for the owner's token, and accepts only the last one. */
  async function newerOwner(): Promise<{
    readonly seen: string[];
    readonly forgetToken: () => void;
  }> {
    const seen: string[] = [];
    let made = 0;
    let good = '';
    await writeFile(join(folder, 'token'), 'owner-token\n');
    await listen(async (request, response) => {
      const { method = '', url = '', headers } = request;
      const send = (status: number, body: unknown) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
      if (url === '/v1/healthz') return send(200, { status: 'ok', version: '9.9.9', pid: 1 });
      if (url === '/v1/tokens') {
        const wanted = JSON.parse(await text(request)) as { role: string };
        seen.push(`${headers.authorization ?? ''} asks for ${wanted.role}`);
        good = `window-token-${++made}`;
        const expiresAt = new Date(Date.now() + 1000).toISOString();
        return send(201, { tokenId: 'id', token: good, expiresAt });
      }
      seen.push(`${method} ${url} with ${headers.authorization ?? ''}: ${await text(request)}`);
      if (headers.authorization !== `Bearer ${good}`) return send(401, {});
      return send(200, { ok: true });
    });
    return { seen, forgetToken: () => (good = 'none') };
  }

  test('uses a token with the rights of a window, never the owner’s own', async () => {
    const { seen } = await newerOwner();
    const connection = owned();
    expect((await connection.fetch(page('/v1/sessions'))).status).toBe(200);
    expect((await connection.fetch(page('/v1/prompts'))).status).toBe(200);
    expect(seen).toEqual([
      'Bearer owner-token asks for window',
      'GET /v1/sessions with Bearer window-token-1: ',
      'GET /v1/prompts with Bearer window-token-1: ',
    ]);
    await connection.quit();
  });

  test('replaces an expired token, and sends the request again with its body', async () => {
    const { seen, forgetToken } = await newerOwner();
    const connection = owned();
    await connection.fetch(page('/v1/sessions'));
    forgetToken();
    const answer = await connection.fetch(
      page('/v1/prompts/1', { method: 'POST', body: '{"code":1}' }),
    );
    expect(answer.status).toBe(200);
    expect(seen.at(-1)).toBe('POST /v1/prompts/1 with Bearer window-token-2: {"code":1}');
    await connection.quit();
  });

  test('shows the page, and says why, if the owner issues no token', async () => {
    await writeFile(join(folder, 'token'), 'owner-token\n');
    await listen((request, response) => {
      const locked = request.url?.startsWith('/v1/tokens') === true;
      response.writeHead(locked ? 423 : 200, { 'content-type': 'text/plain' });
      response.end(
        locked ? 'the vault is locked' : `page for ${request.headers.authorization ?? 'all'}`,
      );
    });
    const connection = owned();
    expect(await (await connection.fetch(page('/'))).text()).toBe('page for all');
    const answers = await Promise.all([
      connection.fetch(page('/v1/sessions')),
      connection.fetch(page('/v1/prompts')),
    ]);
    for (const answer of answers) {
      expect([answer.status, await answer.text()]).toEqual([423, 'the vault is locked']);
    }
    await connection.quit();
  });

  test('notices that the owner is gone', async () => {
    await newerOwner();
    const connection = owned();
    await connection.fetch(page('/v1/sessions'));
    server?.closeAllConnections();
    server?.close();
    expect(await connection.ended).toBe('handed-over');
  });
});

describe('an event stream', () => {
  const streaming = (onCancel: () => void) =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
        cancel: onCancel,
      }),
      { headers: { 'content-type': 'text/event-stream' } },
    );

  test('ends with its owner', async () => {
    const over = new AbortController();
    const cancelled = Promise.withResolvers<undefined>();
    const answer = endingWith(
      over.signal,
      streaming(() => cancelled.resolve(undefined)),
    );
    const reader = answer.body?.getReader();
    await reader?.read();
    over.abort();
    await expect(reader?.read()).rejects.toThrow();
    await cancelled.promise;
  });

  test('ends at its source when the page closes it', async () => {
    const cancelled = Promise.withResolvers<undefined>();
    const answer = endingWith(
      new AbortController().signal,
      streaming(() => cancelled.resolve(undefined)),
    );
    await answer.body?.cancel();
    await cancelled.promise;
  });

  test('is the only kind of answer that is wrapped', () => {
    const answer = Response.json({});
    expect(endingWith(new AbortController().signal, answer)).toBe(answer);
  });
});

describe('the connection to the owner', () => {
  interface Played extends OwnerConnection {
    lose(how: ConnectionEnd): void;
    readonly quits: number;
  }

  function play(kind: OwnerConnection['kind'], name: string): Played {
    const { promise: ended, resolve: lose } = Promise.withResolvers<ConnectionEnd>();
    let quits = 0;
    return {
      kind,
      ended,
      lose,
      get quits() {
        return quits;
      },
      fetch: () => Promise.resolve(new Response(name)),
      wake: () => undefined,
      quit: () => {
        quits += 1;
        lose('stopped');
        return Promise.resolve();
      },
    };
  }

  test('changes from owner to client when a newer owner takes over, and requests wait for it', async () => {
    const connections = [play('owner', 'mine'), play('client', 'theirs')];
    let next = 0;
    const connection = await keepConnected(() =>
      Promise.resolve(connections[next++] as OwnerConnection),
    );
    expect(await (await connection.fetch(page('/'))).text()).toBe('mine');
    connections[0]?.lose('handed-over');
    await Promise.resolve();
    expect(await (await connection.fetch(page('/'))).text()).toBe('theirs');
    expect(connection.kind()).toBe('client');
  });

  test('ends when Stint is stopped', async () => {
    const only = play('owner', 'mine');
    const connection = await keepConnected(() => Promise.resolve(only));
    only.lose('stopped');
    expect(await connection.ended).toEqual({ kind: 'stopped' });
  });

  test('reports why no other connection can be made', async () => {
    const only = play('owner', 'mine');
    let asked = 0;
    const connection = await keepConnected(() =>
      asked++ === 0 ? Promise.resolve(only) : Promise.reject(new Error('the workspace is newer')),
    );
    only.lose('handed-over');
    expect(await connection.ended).toMatchObject({
      kind: 'failed',
      error: { message: 'the workspace is newer' },
    });
  });

  test('ends once when Stint quits, and no other is made', async () => {
    const only = play('owner', 'mine');
    let taken = 0;
    const connection = await keepConnected(() => {
      taken += 1;
      return Promise.resolve(only);
    });
    await connection.quit();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect([only.quits, taken]).toEqual([1, 1]);
  });

  test('a quit between two connections waits for neither', async () => {
    const first = play('owner', 'mine');
    const asked = Promise.withResolvers<undefined>();
    let times = 0;
    const connection = await keepConnected(() => {
      times += 1;
      if (times === 1) return Promise.resolve(first);
      asked.resolve(undefined);
      return new Promise(() => undefined);
    });
    first.lose('handed-over');
    await asked.promise;
    await connection.quit();
    expect(first.quits).toBe(0);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { remoteOwner } from '../../electron/owner/remote-owner.ts';
import { socketFetch } from '../../electron/owner/socket-fetch.ts';

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

import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Loopback } from '../../src/agent/loopback.ts';
import { PeerGuard } from '../../src/agent/peers/peer-guard.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { by } from '../support/session-journey.ts';

/*
 * The endpoint of AWS SDKs on two loopback ports of one owner: one that answers directly what it can, and
 * one that leaves everything to the HTTP app. Whatever is sent, both answer the same.
 */

let owner: ScratchApi;
let direct: Loopback;
let whole: Loopback;
/** How many requests at the first port reached the HTTP app. */
let left = 0;
let id: string;
let token: string;
beforeEach(async () => {
  owner = await scratchApi();
  const { api } = owner;
  left = 0;
  const listening = () => Promise.resolve();
  const peers = () => new PeerGuard({ log: { warn: () => undefined }, named: () => new Set() });
  direct = new Loopback(
    {
      fetch: (request, from) => {
        left += 1;
        return api.fetch(request, { kind: 'tcp', ...from });
      },
      direct: (request, from) => api.direct(request, { kind: 'tcp', ...from }),
    },
    listening,
    peers(),
  );
  whole = new Loopback(
    {
      fetch: (request, from) => api.fetch(request, { kind: 'tcp', ...from }),
      direct: () => undefined,
    },
    listening,
    peers(),
  );
  await Promise.all([direct.listen(), whole.listen()]);
  id = (await owner.addUser('anna', { fields: { delivery: 'endpoint-only' } })).session.sessionId;
  await owner.stint.sessions.start(id, { by });
  token = (await owner.stint.leases.open(id, { kind: 'endpoint', by })).token;
});
afterEach(async () => {
  await Promise.all([direct.close(), whole.close()]);
  await owner.close();
});

/** Sends these lines as they are, and returns the answer without what differs each time. */
async function send(lines: readonly string[], { port = 0 }: Loopback, body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const sent = [...lines, 'Connection: close', '', body].join('\r\n');
  socket.write(sent.replaceAll('PORT', String(port)));
  return (await text(socket)).replace(/\r\ndate: [^\r]+/i, '');
}

const usual = () => [`GET /credentials/${id} HTTP/1.1`, 'Host: 127.0.0.1:PORT'];
const withToken = () => [...usual(), `Authorization: ${token}`];

it('a usual request is answered without the HTTP app, byte for byte as that would', async () => {
  const answer = await send(withToken(), direct);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(left).toBe(0);
  expect(sorted(await send(withToken(), whole))).toEqual(sorted(answer));
});

it('it counts as a use, and is in the log and in the metrics', async () => {
  await send(withToken(), direct);
  await send(withToken(), whole);
  const [lease] = owner.stint.leases.list(id);
  expect(lease?.uses).toBe(2);
  const log = await readFile(join(owner.folder, 'stint', 'logs', 'stint.log'), 'utf8');
  const lines = log
    .split('\n')
    .filter((line) => line.includes('getContainerCredentials'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(2);
  const [ours, theirs] = lines.map(({ time: _, requestId, ...rest }) => [typeof requestId, rest]);
  expect(ours).toEqual(theirs);
  const metrics = await owner.stint.metrics.registry.metrics();
  expect(metrics).toMatch(/_count\{operation="getContainerCredentials"\} 2\n/);
});

describe('the HTTP app answers, and both ports the same,', () => {
  const cases: Readonly<Record<string, () => readonly string[]>> = {
    'without a token': usual,
    'with another token': () => [...usual(), 'Authorization: x'],
    'with two tokens': () => [...withToken(), 'Authorization: x'],
    'with a token of the owner': () => [
      ...usual(),
      `Authorization: ${owner.stint.access.ownerToken()}`,
    ],
    'for another session': () => [
      'GET /credentials/00000000-0000-4000-8000-000000000000 HTTP/1.1',
      'Host: 127.0.0.1:PORT',
      `Authorization: ${token}`,
    ],
    'for a name of another site': () => [
      `GET /credentials/${id} HTTP/1.1`,
      'Host: stint.example:PORT',
      `Authorization: ${token}`,
    ],
    'for two names': () => [...withToken(), 'Host: stint.example'],
    'for another port': () => [
      `GET /credentials/${id} HTTP/1.1`,
      'Host: 127.0.0.1:1',
      `Authorization: ${token}`,
    ],
    'of a page of another site': () => [...withToken(), 'Origin: https://stint.example'],
    'across sites': () => [...withToken(), 'Sec-Fetch-Site: cross-site'],
    'of the same site': () => [...withToken(), 'Sec-Fetch-Site: same-origin'],
    'with an id for the log': () => [
      ...withToken(),
      'X-Request-Id: 0b0e7a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
    ],
    'with a query': () => [
      `GET /credentials/${id}?a=b HTTP/1.1`,
      'Host: 127.0.0.1:PORT',
      `Authorization: ${token}`,
    ],
    'with an address in full': () => [
      `GET http://127.0.0.1:PORT/credentials/${id} HTTP/1.1`,
      'Host: 127.0.0.1:PORT',
      `Authorization: ${token}`,
    ],
    'by HEAD': () => [`HEAD /credentials/${id} HTTP/1.1`, ...withToken().slice(1)],
    'by POST': () => [
      `POST /credentials/${id} HTTP/1.1`,
      ...withToken().slice(1),
      'Content-Length: 0',
    ],
    'with a body': () => [...withToken(), 'Content-Length: 2'],
  };
  it.each(Object.entries(cases))('a request %s', async (name, lines) => {
    const body = name === 'with a body' ? '{}' : '';
    const answer = await send(lines(), direct, body);
    expect(left).toBe(1);
    expect(sorted(await send(lines(), whole, body))).toEqual(sorted(answer));
  });

  it('a request with the token of a lease that was closed', async () => {
    const [lease] = owner.stint.leases.list(id);
    await owner.stint.leases.close(lease?.leaseId ?? '', by);
    const answer = await send(withToken(), direct);
    expect(answer).toContain('session-not-active');
    expect(left).toBe(1);
    expect(sorted(await send(withToken(), whole))).toEqual(sorted(answer));
  });

  it('a request for a session whose run has ended', async () => {
    await owner.stint.sessions.stop(id, { by });
    const answer = await send(withToken(), direct);
    expect(answer).toContain('session-not-active');
    expect(left).toBe(1);
    expect(sorted(await send(withToken(), whole))).toEqual(sorted(answer));
  });

  it('a request with the token of a narrowed lease', async () => {
    const opened = await owner.stint.leases.open(id, { kind: 'exec', readOnly: true, by });
    const lines = [...usual(), `Authorization: ${opened.token}`];
    const answer = await send(lines, direct);
    expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
    expect(left).toBe(1);
  });
});

it('the port of a program of another user, whom a lease names, is left to the HTTP app', () => {
  const request = { method: 'GET', url: `/credentials/${id}`, rawHeaders: [] };
  const headers = ['Host', `127.0.0.1:${direct.port ?? 0}`, 'Authorization', token];
  const ask = (more: object) =>
    owner.api.direct(
      { ...request, rawHeaders: headers },
      { kind: 'tcp', port: direct.port, ...more },
    );
  expect(ask({})).toBeDefined();
  expect(ask({ namedUid: 1234 })).toBeUndefined();
  expect(ask({ kind: 'in-process' })).toBeUndefined();
  expect(ask({ port: undefined })).toBeUndefined();
});

/** Headers in any order, then the body; nobody depends on their case. */
function sorted(answer: string): readonly string[] {
  const [head = '', body = ''] = answer.replaceAll(/127\.0\.0\.1:\d+/g, 'HERE').split('\r\n\r\n');
  return [...head.toLowerCase().split('\r\n').sort(), body];
}

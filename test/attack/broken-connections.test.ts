import { describe, expect, it } from 'vitest';
import { liedToServices } from './lied-to-services.ts';
import type { Lie } from './lying-server.ts';

/* Connections that break, and services that put Stint off: each call ends soon, as one to try again. */

const { refused } = liedToServices();

/** What is sent instead of an answer, after which nothing else is. */
const sends =
  (text: string): Lie =>
  ({ socket }) => {
    socket?.write(text);
  };
const breaks: Readonly<Record<string, Lie>> = {
  'closes the connection': ({ socket }) => socket?.destroy(),
  'closes the connection in the middle': (response, request) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"a":');
    setTimeout(() => request.socket.destroy(), 20);
  },
  'changes the protocol': sends(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  ),
  'does not speak HTTP': sends('SSH-2.0-OpenSSH_9.2\r\n'),
  'sends headers without end': sends(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(50_000)}`),
};

describe.each([
  'STS',
  'IAM',
  'the access portal',
  'the sign-in of Identity Center',
  'Entra ID',
] as const)('%s that', (name) => {
  it.each(Object.entries(breaks))('%s is one to try again', async (_, lie) => {
    const { message } = await refused(name, lie, 'cloud-unreachable');
    expect(message).toContain('did not answer');
  });
});

describe.each(['Entra ID', 'the device codes of Entra ID', 'Resource Manager'] as const)(
  '%s',
  (name) => {
    it.each(['86400', '31536000', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
      'that puts Stint off for %s is throttling, and not waited for',
      async (wait) => {
        const lie: Lie = (response) => {
          response.writeHead(429, { 'retry-after': wait }).end('{}');
        };
        expect((await refused(name, lie, 'cloud-unreachable')).message).toContain('throttling');
      },
    );
  },
);

it('a refusal by something else than the service is named as that', async () => {
  const page: Lie = (response) => {
    response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Blocked</html>');
  };
  for (const name of ['STS', 'IAM', 'the access portal', 'the list of accounts'] as const) {
    expect((await refused(name, page)).message).toContain('not what this service says (HTTP 403)');
  }
});

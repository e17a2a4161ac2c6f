import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as forward, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeEnvironment } from '../../../src/agent/environment.ts';
import type { Problem } from '../../../src/models/problem.ts';
import { scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';

let owner: ScratchOwner;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  owner = await scratchOwner();
});
afterEach(async () => {
  await owner.close();
  for (const close of closing.splice(0)) close();
});

/** Passes requests on to the practice cloud as they are, and remembers what they were for. */
function passingOn(to: string, seen: string[]): RequestListener {
  return (incoming, outgoing) => {
    seen.push(String(incoming.url));
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://any');
    const onward = forward(
      `${to}${pathname}${search}`,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  };
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const start = async () => {
  const { session } = await owner.addUser('anna');
  return await owner.stint.sessions.start(session.sessionId, { by: 'anna' });
};
const practiceSts = () => String(owner.stint.settings.current().awsStsEndpointUrl);

it('goes to AWS through the proxy of the settings', async () => {
  const seen: string[] = [];
  const port = await listening(createServer(passingOn(practiceSts(), seen)));
  await owner.stint.settings.change({
    httpProxy: `http://127.0.0.1:${port}`,
    awsStsEndpointUrl: 'http://sts.only-the-proxy-knows.test',
  });
  expect((await start()).session.status).toBe('active');
  expect(seen).toEqual(['http://sts.only-the-proxy-knows.test/']);
});

it('goes past the proxy to hosts that are excepted', async () => {
  await owner.stint.settings.change({ httpProxy: 'http://127.0.0.1:1', noProxy: '127.0.0.1' });
  expect((await start()).session.status).toBe('active');
});

it('trusts the certificates of the bundle, beside the usual ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stint-ca-'));
  closing.push(() => {
    rmSync(folder, { recursive: true });
  });
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ].concat(['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert]),
    { stdio: 'ignore' },
  );
  const port = await listening(
    createTlsServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      passingOn(practiceSts(), []),
    ),
  );
  await owner.stint.settings.change({
    awsStsEndpointUrl: `https://localhost:${port}`,
    noProxy: 'localhost',
  });
  const refused = (await start().catch((error: unknown) => error)) as Problem;
  expect(refused.code).toBe('cloud-unreachable');
  expect(refused.message).toContain('This machine does not trust the certificate of AWS STS');
  expect(refused.details.next).toContain('stint settings set caBundle');

  await owner.stint.settings.change({ caBundle: cert });
  const { sessionId } = owner.stint.sessions.list()[0] ?? { sessionId: '' };
  const { session } = await owner.stint.sessions.start(sessionId, { by: 'anna' });
  expect(session.status).toBe('active');

  await owner.stint.settings.change({ caBundle: join(folder, 'gone.pem') });
  await owner.stint.sessions.stop(sessionId, { by: 'anna' });
  await owner.stint.sessions.forget(sessionId, { by: 'anna' });
  const unread = (await owner.stint.sessions
    .start(sessionId, { by: 'anna' })
    .catch((error: unknown) => error)) as Problem;
  expect(unread.code).toBe('file-unreadable');
});

it('takes proxies from the environment, and keeps their passwords out of the workspace', () => {
  const { defaultSettings, proxies } = takeEnvironment({
    HOME: '/nowhere',
    HTTPS_PROXY: 'http://anna:s3cret@proxy.example:3128',
    http_proxy: 'proxy.example:3128',
    NO_PROXY: 'localhost,.internal',
  });
  expect(proxies.https).toBe('http://anna:s3cret@proxy.example:3128');
  expect(defaultSettings).toMatchObject({
    httpProxy: 'http://proxy.example:3128',
    noProxy: 'localhost,.internal',
  });
  expect(JSON.stringify(defaultSettings)).not.toContain('s3cret');
});

it('refuses a proxy with a password as a setting', async () => {
  const refused = (await owner.stint.settings
    .change({ httpsProxy: 'http://anna:s3cret@proxy.example:3128' })
    .catch((error: unknown) => error)) as Problem;
  expect(refused.code).toBe('invalid-request');
  expect(JSON.stringify(refused.toDocument())).not.toContain('s3cret');
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/models/problem.ts';
import { azureTenant } from '../../support/azure-tenant.ts';
import { scratchOwner, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, refusal } from '../../support/session-journey.ts';

let proxy: Server;
let address = '';
let owner: ScratchOwner;
/** What the proxy answers to everybody. */
let answer = '';

beforeEach(async () => {
  answer = 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n';
  proxy = createServer((_, response) => response.writeHead(407).end('<html>who are you?</html>'));
  proxy.on('connect', (_, socket) => socket.end(answer));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  owner = await scratchOwner();
});
afterEach(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await owner.close();
});

const behindTheProxy = (more: object = {}) =>
  owner.stint.settings.change({ httpsProxy: `http://${address}`, noProxy: null, ...more });

/** Each of them ends at the proxy. */
const services = {
  async 'AWS STS at region eu-west-1'() {
    const { session } = await owner.addUser('anna');
    await behindTheProxy({ awsStsEndpointUrl: null });
    return owner.stint.sessions.start(session.sessionId, { by });
  },
  async 'AWS Identity Center in eu-west-1'() {
    const startUrl = 'https://d-90670ca2f1.awsapps.com/start';
    const fields = { kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl } as const;
    const { integrationId } = await owner.stint.integrations.create(fields, by);
    await behindTheProxy({ awsSsoOidcEndpointUrl: null });
    return owner.stint.integrations.login(integrationId, 'browser');
  },
  async 'Azure at login.microsoftonline.com'() {
    const { integration } = await azureTenant(owner, 'acme');
    await behindTheProxy();
    return owner.stint.integrations.login(integration.integrationId, 'device-code');
  },
  async 'Azure at management.azure.com'() {
    const tenant = await azureTenant(owner, 'acme');
    await tenant.offer('Payments');
    await tenant.sync();
    await behindTheProxy();
    return owner.stint.integrations.sync(tenant.integration.integrationId, by);
  },
};

describe.each(Object.entries(services))('%s', (service, use) => {
  const said = async (): Promise<Problem> => {
    const problem = await refusal(use());
    expect(problem.code).toBe('cloud-unreachable');
    expect(problem.message).toContain(`${service} cannot be reached for `);
    return problem;
  };

  it('is behind a proxy that wants a name and password', async () => {
    const { message, details } = await said();
    expect(message).toContain(
      `the proxy at http://${address} refused: it wants a name and password (407)`,
    );
    expect(details.next).toContain('HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT');
  });

  it('is behind a proxy that is gone', async () => {
    proxy.close();
    await once(proxy, 'close');
    expect((await said()).message).toContain(
      `the proxy at http://${address} did not answer (ECONNREFUSED)`,
    );
  });

  it('is not among the hosts that the proxy allows', async () => {
    answer = 'HTTP/1.1 403 Forbidden\r\n\r\n';
    expect((await said()).message).toContain(
      `the proxy at http://${address} refused to connect (HTTP 403)`,
    );
  });
});

it('a proxy that answers one byte at a time is understood', async () => {
  proxy.removeAllListeners('connect');
  proxy.on('connect', (_, socket) => {
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(answer.charAt((sent += 1) - 1));
      if (sent === answer.length) socket.end();
      if (sent >= answer.length) clearInterval(timer);
    }, 5);
  });
  const { message } = await refusal(services['AWS STS at region eu-west-1']());
  expect(message).toContain(`the proxy at http://${address} refused`);
});

it('a proxy that answers without end is left', async () => {
  let sent = 0;
  proxy.removeAllListeners('connect');
  proxy.on('connect', (_, socket) => {
    const piece = 'y'.repeat(65_536);
    const send = () => {
      while (!socket.destroyed && sent < 1e9 && socket.write(piece)) sent += piece.length;
      if (!socket.destroyed) socket.once('drain', send);
    };
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\nx: ');
    send();
  });
  const { message } = await refusal(services['AWS STS at region eu-west-1']());
  expect(message).toContain(`http://${address}`);
  expect(sent).toBeLessThan(100e6);
});

it('an endpoint without TLS is behind a proxy that wants a name and password', async () => {
  const { session } = await owner.addUser('anna');
  await owner.stint.settings.change({
    httpProxy: `http://${address}`,
    awsStsEndpointUrl: 'http://sts.corp.example',
  });
  const { message } = await refusal(owner.stint.sessions.start(session.sessionId, { by }));
  expect(message).toContain(
    `the proxy at http://${address} refused: it wants a name and password (407)`,
  );
});

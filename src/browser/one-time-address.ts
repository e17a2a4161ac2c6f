import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OneTimeAddress {
  /** On loopback; leads to the target the first time it is opened. */
  readonly address: string;
  /** Resolves once a browser has been sent on. */
  readonly used: Promise<void>;
  close(): void;
}

/** What a browser is started with in place of a secret address, so that its history does not begin with it. */
export async function oneTimeAddress(target: string): Promise<OneTimeAddress> {
  const path = `/${randomBytes(24).toString('base64url')}`;
  const { promise: used, resolve } = Promise.withResolvers<undefined>();
  let isUsed = false;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== path || isUsed) {
      response.writeHead(404).end();
      return;
    }
    isUsed = true;
    response.writeHead(302, {
      location: target,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    response.end(() => resolve(undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${path}`,
    used,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

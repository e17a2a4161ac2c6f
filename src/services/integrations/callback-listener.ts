import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '../../models/problem.ts';

/** Where the browser returns after the sign-in (RFC 8252 §7.3). */
export interface CallbackListener {
  readonly redirectUri: string;
  /**
   * The authorization code, from the browser, or from the address that a person pastes if the browser
   * cannot reach this machine. Throws what `pasted` throws, Problem 'cloud-refused' if the person or
   * the cloud refused, 'invalid-request' for another address.
   */
  codeOr(pasted: Promise<string>): Promise<string>;
  close(): void;
}

/**
 * Listens on loopback before a browser is sent there. A request without `state` is answered and
 * ignored, so that no other page can end or fake the sign-in.
 */
export async function listenForCallback(
  state: string,
  {
    integrationName,
    host,
    path,
  }: {
    readonly integrationName: string;
    /** This machine, as in the redirect address of the application. */
    readonly host: '127.0.0.1' | 'localhost';
    readonly path: string;
  },
): Promise<CallbackListener> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  code.catch(() => undefined);

  function take(address: string): boolean {
    if (!URL.canParse(address, 'http://127.0.0.1')) return false;
    const { pathname, searchParams } = new URL(address, 'http://127.0.0.1');
    if (pathname !== path || !sameText(searchParams.get('state') ?? '', state)) {
      return false;
    }
    const given = searchParams.get('code');
    if (given !== null) resolve(given);
    else {
      const reason =
        searchParams.get('error_description') ?? searchParams.get('error') ?? 'no code';
      reject(
        new Problem('cloud-refused', {
          detail: `The sign-in to ${integrationName} was refused: ${reason.slice(0, 200)}`,
          next: 'Sign in again and allow the access.',
        }),
      );
    }
    return true;
  }

  const server = createServer((request, response) => {
    const isOurs = request.method === 'GET' && take(request.url ?? '');
    answer(
      response,
      isOurs ? 200 : 404,
      isOurs
        ? 'Stint continues from here. You can close this page.'
        : 'Stint is not waiting for this sign-in.',
    );
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: `http://${host}:${port}${path}`,
    async codeOr(pasted) {
      const taken = pasted.then((address) => {
        if (take(address.trim())) return code;
        throw new Problem('invalid-request', {
          detail: `This address does not belong to the sign-in to ${integrationName}.`,
          next: 'Sign in again and paste the whole address of the last page.',
        });
      });
      taken.catch(() => undefined);
      return await Promise.race([code, taken]);
    },
    close() {
      server.close();
      // The answer to the browser may still be on its way.
      setTimeout(() => {
        server.closeAllConnections();
      }, 1000).unref();
    },
  };
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(
    '<!doctype html><meta charset="utf-8"><title>Stint</title>' +
      '<body style="font:16px system-ui;margin:4rem auto;max-width:32rem;color-scheme:light dark">' +
      `<h1 style="font-size:1.25rem">Stint</h1><p>${text}</p>`,
  );
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

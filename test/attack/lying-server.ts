import { once } from 'node:events';
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from '../../practice-cloud/tls/certificate-authority.ts';

/** What a server does instead of answering as its service would. */
export type Lie = (response: ServerResponse, request: IncomingMessage) => void;

export interface LyingServer {
  readonly url: string;
  /** What it does from now on. */
  lie: Lie;
  /** How many requests it has had. */
  asked: number;
  close(): Promise<void>;
}

/** A server on loopback, with TLS where it has a certificate. `honest` may answer a request first. */
export async function lyingServer(
  certificate?: ServerCertificate,
  honest: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<LyingServer> {
  const answer: RequestListener = (request, response) => {
    response.on('error', () => undefined);
    if (honest(request, response)) return;
    lying.asked += 1;
    lying.lie(response, request);
  };
  const server =
    certificate === undefined ? createPlainServer(answer) : createSecureServer(certificate, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const lying: LyingServer = {
    url: certificate === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    lie: (response) => response.writeHead(200).end(),
    asked: 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return lying;
}

export const says =
  (type: string, body: string): Lie =>
  (response) => {
    response.writeHead(200, { 'content-type': type }).end(body);
  };

export const saysJson = (value: unknown): Lie => says('application/json', JSON.stringify(value));

/** Never stops to answer; `sent` counts the bytes. */
export function endless(sent: { bytes: number }): Lie {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = '[['.repeat(32_768);
    const more = () => {
      while (!response.destroyed && response.write(chunk)) sent.bytes += chunk.length;
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
}

/** A byte every half second, for good. */
export const drip: Lie = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 500);
  response.once('close', () => {
    clearInterval(timer);
  });
};

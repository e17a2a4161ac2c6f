import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a sign-in was answered with, however it came. */
export type Answered = Readonly<Record<string, string>>;

export interface RedirectListener {
  /** `http://localhost:PORT`, as RFC 8252 §7.3 has a native program listen. */
  readonly redirectUri: string;
  /** Of every request that carried an answer, oldest first. */
  readonly answers: readonly Answered[];
  close(): Promise<void>;
}

/** The loopback server of a program that waits for a browser to come back. */
export async function listenForRedirect(): Promise<RedirectListener> {
  const answers: Answered[] = [];
  async function take(request: IncomingMessage): Promise<void> {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const posted = Buffer.concat((await request.toArray()) as Buffer[]).toString('utf8');
    answers.push(Object.fromEntries([...searchParams, ...new URLSearchParams(posted)]));
  }
  const server = createServer((request, response) => {
    void take(request).then(() => response.end('<title>Back at the program</title>'));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: `http://localhost:${port}`,
    answers,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

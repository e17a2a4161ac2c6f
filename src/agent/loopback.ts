import { createAdaptorServer } from '@hono/node-server';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { DirectAnswer, RawRequest } from '../api/api.ts';
import type { Peer, PeerGuard } from './peers/peer-guard.ts';

/** `namedUid`: the other user, named by a lease, whose program asks. */
interface From {
  readonly port: number;
  readonly namedUid: number | undefined;
}

/** What answers; `direct` may leave a request to `fetch`. */
interface Handler {
  fetch(request: Request, from: From): Response | Promise<Response>;
  direct(request: RawRequest, from: From): Promise<DirectAnswer | undefined> | undefined;
}

/** The owner's loopback listener, opened when it is first needed. */
export class Loopback {
  readonly #handle: Handler;
  /** Called with the port once it is open. */
  readonly #onListening: (port: number) => Promise<void>;
  readonly #peers: PeerGuard;
  #opening: Promise<number> | undefined;
  #server: Server | undefined;
  /** Of the server; asking that is a system call, and each request needs it. */
  #port: number | undefined;

  constructor(handle: Handler, onListening: (port: number) => Promise<void>, peers: PeerGuard) {
    this.#handle = handle;
    this.#onListening = onListening;
    this.#peers = peers;
  }

  get port(): number | undefined {
    return this.#port;
  }

  /** Resolves with the port. `port` counts for the first call only; 0 takes any. */
  async listen(port = 0): Promise<number> {
    return await (this.#opening ??= this.#open(port));
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    if (this.#server !== undefined) await closeServer(this.#server);
    this.#port = undefined;
  }

  async #open(wanted: number): Promise<number> {
    const named = new WeakMap<Socket, number>();
    const from = ({ socket }: { readonly socket: Socket }): From => ({
      port: this.#port ?? 0,
      namedUid: named.get(socket),
    });
    const server = createAdaptorServer({
      fetch: (request, { incoming }) => this.#handle.fetch(request, from(incoming)),
    }) as Server;
    answerDirectly(server, (request) => this.#handle.direct(request, from(request)));
    admitOnly(server, this.#peers, (socket, peer) => {
      if (peer.kind === 'named') named.set(socket, peer.uid);
      return peer.kind !== 'stranger';
    });
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(wanted, '127.0.0.1', resolve);
      });
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.#port = port;
    await this.#onListening(port);
    return port;
  }
}

/** Puts `direct` before the server's own listener, which gets what that leaves. */
function answerDirectly(
  server: Server,
  direct: (request: IncomingMessage) => Promise<DirectAnswer | undefined> | undefined,
): void {
  const [listener] = server.listeners('request') as ((
    request: IncomingMessage,
    response: ServerResponse,
  ) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const leave = () => listener?.call(server, request, response);
    const answering = direct(request);
    if (answering === undefined) leave();
    else {
      void answering.then((answer) => {
        if (answer === undefined) leave();
        else response.writeHead(200, { ...answer.headers }).end(answer.body);
      }, leave);
    }
  });
}

/** Puts `admits` before the server's own listener: nothing of a refused connection is read. */
function admitOnly(
  server: Server,
  peers: PeerGuard,
  admits: (socket: Socket, peer: Peer) => boolean,
): void {
  const serve = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    // Until it is served nobody else listens, and a peer that is gone must not end this process.
    const ignore = () => undefined;
    socket.on('error', ignore);
    peers.check(socket, (peer) => {
      if (socket.destroyed) return;
      // A reset leaves nothing behind in the tables that the next reading would have to pass.
      if (!admits(socket, peer)) {
        socket.resetAndDestroy();
        return;
      }
      for (const listener of serve) listener.call(server, socket);
      socket.off('error', ignore);
    });
  });
}

/** Closes without waiting for event streams, which never end by themselves. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Answers under way, such as the one to the request to end, get a moment.
  setTimeout(() => server.closeAllConnections(), 200);
  await closed;
}

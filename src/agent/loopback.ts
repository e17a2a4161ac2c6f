import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: Request, port: number) => Response | Promise<Response>;

/** The owner's loopback listener, opened when it is first needed. */
export class Loopback {
  readonly #handle: Handler;
  /** Called with the port once it is open. */
  readonly #onListening: (port: number) => Promise<void>;
  #opening: Promise<number> | undefined;
  #server: Server | undefined;

  constructor(handle: Handler, onListening: (port: number) => Promise<void>) {
    this.#handle = handle;
    this.#onListening = onListening;
  }

  get port(): number | undefined {
    return (this.#server?.address() as AddressInfo | null | undefined)?.port;
  }

  /** Resolves with the port. `port` counts for the first call only; 0 takes any. */
  async listen(port = 0): Promise<number> {
    return await (this.#opening ??= this.#open(port));
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    if (this.#server !== undefined) await closeServer(this.#server);
  }

  async #open(wanted: number): Promise<number> {
    const server = createAdaptorServer({
      fetch: (request) => this.#handle(request, this.port ?? 0),
    }) as Server;
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
    await this.#onListening(port);
    return port;
  }
}

/** Closes without waiting for event streams, which never end by themselves. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Answers under way, such as the one to the request to end, get a moment.
  setTimeout(() => server.closeAllConnections(), 200);
  await closed;
}

import type { OwnerConnection, ConnectionEnd } from './owner-connection.ts';

/** How long to wait before connecting again, in milliseconds. */
const reconnectPause = 500;

/** The current connection, whichever it is; window and tray do not notice a change. */
export interface ReconnectingOwner {
  /** Waits while the owner changes. */
  fetch(request: Request): Promise<Response>;
  fetchAsOwner(request: Request): Promise<Response>;
  kind(): OwnerConnection['kind'] | undefined;
  wake(): void;
  /** Resolves when Stint was stopped, or when no new connection can be made; never rejects. */
  readonly ended: Promise<ConnectionLoss>;
  /** Ends the connection for good. Between two connections it waits for neither. */
  quit(): Promise<void>;
}

export type ConnectionLoss =
  { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Keeps a connection, and makes the next one when another owner has taken the workspace: to become
 * its client, or the owner again once that one is gone. Rejects if the first one cannot be made.
 */
export async function keepConnected(
  connectToOwner: () => Promise<OwnerConnection>,
): Promise<ReconnectingOwner> {
  const { promise: ended, resolve: end } = Promise.withResolvers<ConnectionLoss>();
  let quitRequested = false;
  const isQuitting = () => quitRequested;
  let current: OwnerConnection | undefined = await connectToOwner();
  let connected: Promise<OwnerConnection> = Promise.resolve(current);
  watch(current);
  return {
    fetch: async (request) => await (await connected).fetch(request),
    fetchAsOwner: async (request) => await (await connected).fetchAsOwner(request),
    kind: () => current?.kind,
    wake: () => {
      current?.wake();
    },
    ended,
    async quit() {
      quitRequested = true;
      await current?.quit();
    },
  };

  function watch(connection: OwnerConnection): void {
    void connection.ended.then((how: ConnectionEnd) => {
      if (isQuitting()) return;
      current = undefined;
      if (how === 'stopped') end({ kind: 'stopped' });
      else reconnect();
    });
  }

  function reconnect(): void {
    connected = reconnected();
    connected.catch((error: unknown) => {
      end({ kind: 'failed', error });
    });
  }

  async function reconnected(): Promise<OwnerConnection> {
    await new Promise((resolve) => setTimeout(resolve, reconnectPause));
    if (isQuitting()) throw new Error('Stint is quitting.');
    const next = await connectToOwner();
    if (isQuitting()) await next.quit();
    current = next;
    watch(next);
    return next;
  }
}

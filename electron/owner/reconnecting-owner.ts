import type { OwnerConnection, ConnectionEnd } from './owner-connection.ts';

/** How long to wait before asking again who owns the workspace, in milliseconds. */
const pause = 500;

/** The connection of the moment, whichever it is; the window and the tray do not notice a change. */
export interface ReconnectingOwner {
  /** Waits out a change of owner. */
  fetch(request: Request): Promise<Response>;
  kind(): OwnerConnection['kind'] | undefined;
  wake(): void;
  /** Resolves when Stint was told to stop, or when no connection can be had; rejects never. */
  readonly ended: Promise<ConnectionLoss>;
  quit(): Promise<void>;
}

export type ConnectionLoss =
  { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Holds a connection and takes the next one when it is lost to another owner: to become its client, or
 * the owner again once that one is gone. Rejects where the first cannot be had.
 */
export async function keepConnected(
  connectToOwner: () => Promise<OwnerConnection>,
): Promise<ReconnectingOwner> {
  const { promise: ended, resolve: end } = Promise.withResolvers<ConnectionLoss>();
  let quitting = false;
  let connection: OwnerConnection | undefined = await connectToOwner();
  let seated: Promise<OwnerConnection> = Promise.resolve(connection);
  watch(connection);
  return {
    fetch: async (request) => await (await seated).fetch(request),
    kind: () => connection?.kind,
    wake: () => {
      connection?.wake();
    },
    ended,
    async quit() {
      quitting = true;
      await (await seated).quit();
    },
  };

  function watch(current: OwnerConnection): void {
    void current.ended.then((how: ConnectionEnd) => {
      if (quitting) return;
      connection = undefined;
      if (how === 'stopped') end({ kind: 'stopped' });
      else reconnect();
    });
  }

  function reconnect(): void {
    seated = new Promise((resolve) => setTimeout(resolve, pause)).then(connectToOwner);
    seated.then(
      (next) => {
        connection = next;
        watch(next);
      },
      (error: unknown) => {
        end({ kind: 'failed', error });
      },
    );
  }
}

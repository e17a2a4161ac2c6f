import type { Seat, SeatEnd } from './seat.ts';

/** How long to wait before asking again who owns the workspace, in milliseconds. */
const pause = 500;

/** The seat of the moment, whichever it is; the window and the tray do not notice a change. */
export interface WorkspaceSeat {
  /** Waits out a change of owner. */
  fetch(request: Request): Promise<Response>;
  kind(): Seat['kind'] | undefined;
  wake(): void;
  /** Resolves when Stint was told to stop, or when no seat can be had; rejects never. */
  readonly ended: Promise<SeatLoss>;
  quit(): Promise<void>;
}

export type SeatLoss =
  { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Holds a seat and takes the next one when it is lost to another owner: to become its client, or
 * the owner again once that one is gone. Rejects where the first cannot be had.
 */
export async function holdSeat(takeSeat: () => Promise<Seat>): Promise<WorkspaceSeat> {
  const { promise: ended, resolve: end } = Promise.withResolvers<SeatLoss>();
  let quitting = false;
  let seat: Seat | undefined = await takeSeat();
  let seated: Promise<Seat> = Promise.resolve(seat);
  watch(seat);
  return {
    fetch: async (request) => await (await seated).fetch(request),
    kind: () => seat?.kind,
    wake: () => {
      seat?.wake();
    },
    ended,
    async quit() {
      quitting = true;
      await (await seated).quit();
    },
  };

  function watch(current: Seat): void {
    void current.ended.then((how: SeatEnd) => {
      if (quitting) return;
      seat = undefined;
      if (how === 'stopped') end({ kind: 'stopped' });
      else changeSeat();
    });
  }

  function changeSeat(): void {
    seated = new Promise((resolve) => setTimeout(resolve, pause)).then(takeSeat);
    seated.then(
      (next) => {
        seat = next;
        watch(next);
      },
      (error: unknown) => {
        end({ kind: 'failed', error });
      },
    );
  }
}

import type { Clock } from './clock.ts';

/**
 * Resolves once `clock` has reached `deadline` (milliseconds since the epoch), however long the
 * machine slept meanwhile. Throws the signal's reason.
 */
export async function waitUntil(
  clock: Clock,
  deadline: number,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  while (clock.now() < deadline) {
    const { promise: woken, resolve: wake } = Promise.withResolvers<undefined>();
    const done = () => {
      wake(undefined);
    };
    const cancel = clock.after(deadline - clock.now(), done);
    signal.addEventListener('abort', done, { once: true });
    await woken;
    signal.removeEventListener('abort', done);
    cancel();
    signal.throwIfAborted();
  }
}

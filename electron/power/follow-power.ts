import type { Runtime } from '../runtime.ts';

/**
 * Deadlines are absolute and the scheduler checks the clock by itself, so a missed event costs
 * seconds; waking makes it check at once. A shutdown is an orderly quit.
 */
export function followPower(
  powerMonitor: Runtime['powerMonitor'],
  on: { readonly wake: () => void; readonly shutdown: () => void },
): void {
  powerMonitor.on('resume', on.wake);
  powerMonitor.on('unlock-screen', on.wake);
  powerMonitor.on('shutdown', (event) => {
    event?.preventDefault();
    on.shutdown();
  });
}

import type { ShellSettings } from '../feed/shell-state.ts';
import type { ShellAction } from '../actions/shell-action.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Deadlines are absolute and the scheduler checks the clock by itself, so a missed event costs
 * seconds; waking makes it check at once. A shutdown is an orderly quit. On Linux the
 * screen lock comes from `watchScreenLock`.
 */
export function followPower(
  powerMonitor: Runtime['powerMonitor'],
  on: {
    readonly wake: () => void;
    readonly screenLocked: () => void;
    readonly shutdown: () => void;
  },
): void {
  powerMonitor.on('resume', on.wake);
  powerMonitor.on('unlock-screen', on.wake);
  powerMonitor.on('lock-screen', on.screenLocked);
  powerMonitor.on('shutdown', (event) => {
    event?.preventDefault();
    on.shutdown();
  });
}

/** What a locked screen means, as the setting `onScreenLock` says; undefined for nothing. */
export function screenLockAction(settings: ShellSettings | undefined): ShellAction | undefined {
  switch (settings?.onScreenLock) {
    case 'lock-vault':
      return { kind: 'lock' };
    case 'stop-sessions':
      return { kind: 'stop-all' };
    case 'keep-sessions':
    case undefined:
      return undefined;
  }
}

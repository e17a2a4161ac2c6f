import type { Client } from '../../src/client/client.ts';
import { systemClock } from '../../src/services/clock/clock.ts';
import type { ShellAction } from '../actions/shell-action.ts';
import type { DesktopOptions } from '../desktop-options.ts';
import { createAnnouncer } from '../notifications/announcer.ts';
import { followPower, screenLockAction } from '../power/follow-power.ts';
import type { Runtime } from '../runtime.ts';
import { createTray } from '../tray/tray.ts';
import { feedShell } from './feed-shell.ts';
import { followSettings } from './follow-settings.ts';
import type { ShellSettings } from './shell-state.ts';

export interface ShellParts {
  readonly client: Client;
  readonly act: (action: ShellAction) => Promise<void>;
  readonly isWindowInFront: () => boolean;
  /** Makes the scheduler check the clock at once. */
  readonly wake: () => void;
}

/**
 * Everything beside the window: tray and notifications, which show the sessions, and what sleep, a locked
 * screen and the settings mean. Returns the function that ends it, before the owner does.
 */
export function showSessions(
  runtime: Runtime,
  options: DesktopOptions,
  { client, act, isWindowInFront, wake }: ShellParts,
): () => void {
  const { platform, icons, help = {} } = options;
  const tray = createTray(runtime, { pictures: icons.tray, platform, help, act });
  const announcer = createAnnouncer({
    runtime,
    platform,
    act,
    isWindowInFront,
    clock: systemClock,
  });
  let settings: ShellSettings | undefined;
  const onWake = () => {
    announcer.woke();
    wake();
  };
  const onLock = () => {
    const action = screenLockAction(settings);
    if (action !== undefined) void act(action);
  };
  followPower(runtime.powerMonitor, {
    wake: onWake,
    screenLocked: onLock,
    shutdown: () => {
      runtime.app.quit();
    },
  });
  const follower = followSettings(runtime, options, { locked: onLock, unlocked: onWake });
  const stopFeed = feedShell(client, (state) => {
    tray.show(state);
    announcer.show(state);
    if (state.settings === undefined) return;
    settings = state.settings;
    follower.follow(settings);
  });
  return () => {
    stopFeed();
    announcer.end();
    follower.end();
  };
}

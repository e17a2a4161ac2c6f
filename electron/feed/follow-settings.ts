import type { DesktopOptions } from '../desktop-options.ts';
import { explain } from '../explain.ts';
import { setOpenAtLogin } from '../login/login-item.ts';
import { watchScreenLock, type ScreenLockEvents } from '../power/screen-lock.ts';
import type { Runtime } from '../runtime.ts';
import type { ShellSettings } from './shell-state.ts';

export interface SettingsFollower {
  readonly follow: (next: ShellSettings) => void;
  readonly end: () => void;
}

/** Does what the settings of the desktop app say, when they are first known and at each change. */
export function followSettings(
  { app, dialog }: Pick<Runtime, 'app' | 'dialog'>,
  { platform, login, env }: Pick<DesktopOptions, 'platform' | 'login' | 'env'>,
  onLock: ScreenLockEvents,
): SettingsFollower {
  let openAtLogin: boolean | undefined;
  let endWatch: (() => void) | undefined;
  return {
    follow(next) {
      if (next.openAtLogin !== openAtLogin) startAtLogin(next.openAtLogin);
      openAtLogin = next.openAtLogin;
      followScreen(next.onScreenLock !== 'keep-sessions');
    },
    end() {
      endWatch?.();
    },
  };

  function startAtLogin(open: boolean): void {
    if (login === undefined) return;
    setOpenAtLogin(open, { app, platform, ...login }).catch((error: unknown) => {
      dialog.showErrorBox('Start at login could not be changed', explain(error));
    });
  }

  /** On Linux a program listens, so only while it matters; elsewhere the system tells it anyway. */
  function followScreen(matters: boolean): void {
    if (platform !== 'linux' || matters === (endWatch !== undefined)) return;
    endWatch?.();
    endWatch = matters ? watchScreenLock(onLock, env) : undefined;
  }
}

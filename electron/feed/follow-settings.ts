import type { DesktopOptions } from '../desktop-options.ts';
import { explain } from '../explain.ts';
import { setOpenAtLogin } from '../login/login-item.ts';
import type { Runtime } from '../runtime.ts';
import type { ShellSettings } from './shell-state.ts';

/** Does what the settings of the desktop app say, when they are first known and at each change. */
export function followSettings(
  { app, dialog }: Pick<Runtime, 'app' | 'dialog'>,
  { platform, login }: Pick<DesktopOptions, 'platform' | 'login'>,
): (next: ShellSettings) => void {
  let openAtLogin: boolean | undefined;
  return (next) => {
    if (next.openAtLogin !== openAtLogin) startAtLogin(next.openAtLogin);
    openAtLogin = next.openAtLogin;
  };

  function startAtLogin(open: boolean): void {
    if (login === undefined) return;
    setOpenAtLogin(open, { app, platform, ...login }).catch((error: unknown) => {
      dialog.showErrorBox('Start at login could not be changed', explain(error));
    });
  }
}

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ShellAction } from '../actions/shell-action.ts';
import type { ShellState } from '../feed/shell-state.ts';
import type { Runtime } from '../runtime.ts';
import { menuTemplate } from './menu-template.ts';
import { trayIconLook, type TrayIconLook } from './tray-icon.ts';
import { trayModel, type TrayModel } from './tray-model.ts';

export interface TrayIcon {
  show(state: ShellState): void;
}

export interface TrayOptions {
  /** The folder with the pictures. */
  readonly pictures: string;
  readonly platform: NodeJS.Platform;
  readonly act: (action: ShellAction) => Promise<void>;
  readonly now?: () => number;
}

/**
 * The tray icon and its menu. Keeps a reference, since a garbage-collected tray disappears; the
 * runtime removes it on quit. Draws only what changed; each change sets a new menu, as Linux needs.
 */
export function createTray(
  {
    Tray,
    Menu,
    nativeImage,
    nativeTheme,
  }: Pick<Runtime, 'Tray' | 'Menu' | 'nativeImage' | 'nativeTheme'>,
  options: TrayOptions,
): TrayIcon {
  const { pictures, platform, act, now = Date.now } = options;
  let drawn: TrayModel = { tooltip: '', running: 0, waiting: 0, items: [] };
  let look = lookOf(drawn);
  const tray = new Tray(imageOf(look));
  const click = (action: ShellAction) => {
    // A click has ticked or unticked a box: the menu is drawn again although nothing changed.
    void act(action).finally(drawMenu);
  };
  // Some Linux desktops report no click; there the menu's first item opens the window.
  tray.on('click', () => {
    click({ kind: 'show' });
  });
  nativeTheme.on('updated', drawIcon);

  return {
    show(state) {
      const before = drawn;
      drawn = trayModel(state, now());
      drawIcon();
      if (drawn.tooltip !== before.tooltip && !tray.isDestroyed()) tray.setToolTip(drawn.tooltip);
      if (!isDeepStrictEqual(drawn.items, before.items)) drawMenu();
    },
  };

  function lookOf(model: TrayModel): TrayIconLook {
    const darkPanel = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    return trayIconLook(model, { platform, darkPanel });
  }

  function imageOf({ picture }: TrayIconLook) {
    return nativeImage.createFromPath(join(pictures, picture));
  }

  function drawIcon(): void {
    const before = look;
    look = lookOf(drawn);
    if (tray.isDestroyed()) return;
    if (look.picture !== before.picture) tray.setImage(imageOf(look));
    if (look.title !== before.title) tray.setTitle(look.title);
  }

  function drawMenu(): void {
    if (tray.isDestroyed()) return;
    tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(drawn.items, click)));
  }
}

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HelpLinks } from '../../src/models/help-links.ts';
import type { ShellAction } from '../actions/shell-action.ts';
import type { ShellState } from '../feed/shell-state.ts';
import type { Runtime } from '../runtime.ts';
import { menuTemplate } from './menu-template.ts';
import { trayPicture, type TrayPicture } from './tray-icon.ts';
import { trayModel, type TrayModel } from './tray-model.ts';

export interface TrayIcon {
  show(state: ShellState): void;
}

export interface TrayOptions {
  /** The folder with the pictures. */
  readonly pictures: string;
  readonly platform: NodeJS.Platform;
  readonly help: HelpLinks;
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
  const { pictures, platform, help, act, now = Date.now } = options;
  let drawn: TrayModel = { tooltip: '', running: 0, waiting: 0, items: [] };
  let icon = pictureOf(drawn);
  const tray = new Tray(imageOf(icon));
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
      drawn = trayModel(state, now(), help);
      drawIcon();
      if (drawn.tooltip !== before.tooltip && !tray.isDestroyed()) tray.setToolTip(drawn.tooltip);
      if (!isDeepStrictEqual(drawn.items, before.items)) drawMenu();
    },
  };

  function pictureOf(model: TrayModel): TrayPicture {
    const darkPanel = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    return trayPicture(model, { platform, darkPanel });
  }

  function imageOf({ picture }: TrayPicture) {
    return nativeImage.createFromPath(join(pictures, picture));
  }

  function drawIcon(): void {
    const before = icon;
    icon = pictureOf(drawn);
    if (tray.isDestroyed()) return;
    if (icon.picture !== before.picture) tray.setImage(imageOf(icon));
    if (icon.title !== before.title) tray.setTitle(icon.title);
  }

  function drawMenu(): void {
    if (tray.isDestroyed()) return;
    tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(drawn.items, click)));
  }
}

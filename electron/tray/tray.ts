import { isDeepStrictEqual } from 'node:util';
import type { Runtime } from '../runtime.ts';
import { menuTemplate, type TrayActions } from './menu-template.ts';
import { trayModel, type TrayModel, type TrayState } from './tray-model.ts';

export interface TrayIcon {
  show(state: TrayState): void;
  /** Draws again although nothing changed: the click itself has ticked a box. */
  redraw(): void;
}

/**
 * The tray icon and its menu. Keeps a reference, since a garbage-collected tray disappears; the
 * runtime removes it on quit. Each change sets a new menu, as Linux needs.
 */
export function createTray(
  { Tray, Menu, nativeImage }: Pick<Runtime, 'Tray' | 'Menu' | 'nativeImage'>,
  options: { readonly icon: string; readonly actions: TrayActions; readonly now?: () => number },
): TrayIcon {
  const { icon, actions, now = Date.now } = options;
  const tray = new Tray(nativeImage.createFromPath(icon));
  let drawn: TrayModel | undefined;
  // Some Linux desktops report no click; there the menu's first item opens the window.
  tray.on('click', () => {
    actions.command('open');
  });
  const draw = (model: TrayModel) => {
    if (tray.isDestroyed()) return;
    tray.setToolTip(model.tooltip);
    tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(model, actions)));
    drawn = model;
  };
  return {
    show(state) {
      const model = trayModel(state, now());
      if (!isDeepStrictEqual(model, drawn)) draw(model);
    },
    redraw() {
      if (drawn !== undefined) draw(drawn);
    },
  };
}

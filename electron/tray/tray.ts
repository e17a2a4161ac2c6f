import { isDeepStrictEqual } from 'node:util';
import type { Runtime } from '../runtime.ts';
import { menuTemplate, type TrayActions } from './menu-template.ts';
import { trayModel, type TrayModel, type TrayState } from './tray-model.ts';

export interface TrayIcon {
  show(state: TrayState): void;
  /** Draws again although nothing changed: a click has ticked a box by itself. */
  redraw(): void;
}

/**
 * The tray. Keeps a reference, since a collected tray disappears, and is left to the runtime to take
 * away on quit. A menu is set anew for each change, as Linux needs.
 */
export function createTray(
  { Tray, Menu, nativeImage }: Pick<Runtime, 'Tray' | 'Menu' | 'nativeImage'>,
  options: { readonly icon: string; readonly actions: TrayActions; readonly now?: () => number },
): TrayIcon {
  const { icon, actions, now = Date.now } = options;
  const tray = new Tray(nativeImage.createFromPath(icon));
  let drawn: TrayModel | undefined;
  // On Linux a click may never come; there the menu's first item opens the window.
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

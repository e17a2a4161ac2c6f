import type { MenuItemConstructorOptions } from 'electron/main';
import type { TrayCommand, TrayModel } from './tray-model.ts';

/** What clicks in the tray do. */
export interface TrayActions {
  session(sessionId: string, click: 'start' | 'stop'): void;
  /** Opens the web console of a session. */
  console(sessionId: string): void;
  command(command: TrayCommand): void;
}

/** The model as an Electron menu template. */
export function menuTemplate(model: TrayModel, actions: TrayActions): MenuItemConstructorOptions[] {
  return model.items.map((item) => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'heading':
        return { label: item.label, enabled: false };
      case 'session':
        return {
          id: item.sessionId,
          type: 'checkbox',
          label: item.label,
          checked: item.checked,
          click: () => {
            actions.session(item.sessionId, item.click);
          },
        };
      case 'consoles':
        return {
          label: item.label,
          submenu: item.sessions.map(({ label, sessionId }) => ({
            label,
            click: () => {
              actions.console(sessionId);
            },
          })),
        };
      case 'command':
        return {
          label: item.label,
          enabled: item.enabled,
          click: () => {
            actions.command(item.command);
          },
        };
    }
  });
}

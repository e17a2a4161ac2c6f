import type { MenuItemConstructorOptions } from 'electron/main';
import type { ShellAction } from '../actions/shell-action.ts';
import type { TrayItem } from './tray-model.ts';

/** The items as an Electron menu template; a click calls `act`. */
export function menuTemplate(
  items: readonly TrayItem[],
  act: (action: ShellAction) => void,
): MenuItemConstructorOptions[] {
  const click = (action: ShellAction) => () => {
    act(action);
  };
  return items.map((item) => {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'heading':
        return { label: item.label, enabled: false };
      case 'session': {
        const { id, label, checked, action } = item;
        return { id, type: 'checkbox', label, checked, click: click(action) };
      }
      case 'command':
        return { label: item.label, enabled: item.enabled, click: click(item.action) };
      case 'submenu':
        return {
          label: item.label,
          submenu: item.choices.map(({ label, action }) => ({ label, click: click(action) })),
        };
    }
  });
}

import type { NativeImage } from 'electron/common';
import type { Menu, MenuItemConstructorOptions } from 'electron/main';
import { EventEmitter } from 'node:events';
import { statSync } from 'node:fs';
import type { Runtime } from '../../../electron/runtime.ts';

/** The templates that menus were built from: a native menu cannot be read. */
const templates = new WeakMap<object, readonly MenuItemConstructorOptions[]>();

export const fakeMenu = {
  applicationMenu: null as Menu | null,
  buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    const menu = { template } as unknown as Menu;
    templates.set(menu, template);
    return menu;
  },
  setApplicationMenu(menu: Menu | null): void {
    fakeMenu.applicationMenu = menu;
  },
} satisfies Runtime['Menu'] & { applicationMenu: Menu | null };

export const fakeNativeImage = {
  /** Electron shows an empty image for a missing file; here it is an error. */
  createFromPath(path: string): NativeImage {
    statSync(path);
    return { path } as unknown as NativeImage;
  },
} satisfies Runtime['nativeImage'];

export class FakeTray extends EventEmitter {
  readonly image: NativeImage;
  tooltip = '';
  #menu: readonly MenuItemConstructorOptions[] = [];

  constructor(image: NativeImage) {
    super();
    this.image = image;
  }

  setToolTip(text: string): void {
    this.tooltip = text;
  }

  setContextMenu(menu: Menu | null): void {
    this.#menu = (menu === null ? undefined : templates.get(menu)) ?? [];
  }

  destroy(): void {
    throw new Error('the runtime takes the tray away itself');
  }

  isDestroyed(): boolean {
    return false;
  }

  /** The menu as a person reads it: `✓` before a ticked item, `—` for a separator. */
  get lines(): readonly string[] {
    return this.#menu.map(({ type, label = '', checked }) =>
      type === 'separator' ? '—' : `${checked === true ? '✓ ' : ''}${label.replaceAll('&&', '&')}`,
    );
  }

  /** Clicks the first item that starts with this text; a click ticks a box by itself. */
  pick(start: string): void {
    const item = this.#menu
      .flatMap((one) => [one, ...(Array.isArray(one.submenu) ? one.submenu : [])])
      .find(({ label }) => label?.startsWith(start));
    if (item === undefined || item.enabled === false) {
      throw new Error(`no such item to click: ${start} in\n${this.lines.join('\n')}`);
    }
    if (item.type === 'checkbox') item.checked = item.checked !== true;
    (item.click as (() => void) | undefined)?.();
  }
}

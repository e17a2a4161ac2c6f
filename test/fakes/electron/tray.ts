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
  image: NativeImage;
  tooltip = '';
  title = '';
  /** How often each part was drawn. */
  readonly drawn = { image: 0, title: 0, tooltip: 0, menu: 0 };
  readonly #platform: NodeJS.Platform;
  #menu: readonly MenuItemConstructorOptions[] = [];

  constructor(image: NativeImage, platform: NodeJS.Platform) {
    super();
    this.image = image;
    this.#platform = platform;
  }

  setImage(image: NativeImage | string): void {
    this.image = typeof image === 'string' ? fakeNativeImage.createFromPath(image) : image;
    this.drawn.image += 1;
  }

  /** The typings mark it as of macOS alone. */
  setTitle(title: string): void {
    if (this.#platform !== 'darwin') throw new TypeError('tray.setTitle is not a function');
    this.title = title;
    this.drawn.title += 1;
  }

  setToolTip(text: string): void {
    this.tooltip = text;
    this.drawn.tooltip += 1;
  }

  setContextMenu(menu: Menu | null): void {
    this.drawn.menu += 1;
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

  /** What a menu beside its item offers. */
  choices(label: string): readonly string[] {
    const submenu = this.#menu.find((item) => item.label === label)?.submenu;
    return (Array.isArray(submenu) ? submenu : []).map((item) => item.label ?? '');
  }

  /**
   * Clicks the first item that starts with this text, in a menu beside an item as `item › text`. A click
   * ticks a box by itself.
   */
  pick(start: string): void {
    const [last = '', outer] = start.split(' › ').reverse();
    const submenu = this.#menu.find(({ label }) => label?.startsWith(outer ?? ''))?.submenu;
    const items = outer === undefined ? this.#menu : Array.isArray(submenu) ? submenu : [];
    const item = items.find(({ label }) => label?.startsWith(last));
    if (item === undefined || item.enabled === false) {
      throw new Error(`no such item to click: ${start} in\n${this.lines.join('\n')}`);
    }
    if (item.type === 'checkbox') item.checked = item.checked !== true;
    (item.click as (() => void) | undefined)?.();
  }
}

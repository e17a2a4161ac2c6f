import type { BrowserWindowConstructorOptions, HandlerDetails, Rectangle } from 'electron/main';
import { EventEmitter } from 'node:events';
import type { ShellWindow } from '../../../electron/runtime.ts';
import { FakeEvent } from './app.ts';
import type { Asker, FakeSession } from './session.ts';

type WindowOpenHandler = Parameters<ShellWindow['webContents']['setWindowOpenHandler']>[0];

/** What the page in a window can try. */
export class FakeContents extends EventEmitter {
  readonly id: number;
  readonly #url: () => string;
  #windowOpen: WindowOpenHandler | undefined;

  constructor(id: number, url: () => string) {
    super();
    this.id = id;
    this.#url = url;
  }

  /** The page has the keyboard. */
  focused = false;

  focus(): void {
    this.focused = true;
  }

  /** As in Electron, empty before the first load. */
  getURL(): string {
    return this.#url();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpen = handler;
  }

  /** True if the page would navigate to that address. */
  tryToNavigate(url: string, event = 'will-navigate'): boolean {
    const details = Object.assign(new FakeEvent(), { url });
    this.emit(event, details);
    return !details.defaultPrevented;
  }

  /** True if a window would open. */
  tryToOpen(url: string): boolean {
    return this.#windowOpen?.({ url } as HandlerDetails).action !== 'deny';
  }

  tryToAttachWebview(): boolean {
    const event = new FakeEvent();
    this.emit('will-attach-webview', event);
    return !event.defaultPrevented;
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: FakeContents;
  readonly session: FakeSession;
  url = '';
  /** How often a page was loaded. */
  loads = 0;
  bounds: Rectangle;
  visible: boolean;
  focused = false;
  minimized = false;
  maximized = false;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions, session: FakeSession, id: number) {
    super();
    this.options = options;
    this.session = session;
    this.webContents = new FakeContents(id, () => this.url);
    this.visible = options.show !== false;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
  }

  /**
   * Loads through the session, as Chromium does, and is then ready to show. An address that differs from
   * the current one in its fragment alone loads nothing (HTML, "navigate to a fragment").
   */
  async loadURL(url: string): Promise<void> {
    const isFragment = url.includes('#') && withoutFragment(url) === withoutFragment(this.url);
    this.url = url;
    if (isFragment) return;
    this.loads += 1;
    await this.load(new Request(url), { resourceType: 'mainFrame', frame: 'gone' });
    this.emit('ready-to-show');
  }

  /** A request of this window's page. */
  load(request: Request, asker: Asker = {}): Promise<Response> {
    return this.session.load(request, { webContentsId: this.webContents.id, ...asker });
  }

  /** The user's close button, and what app.quit() does to each window. True if it closed. */
  close(): boolean {
    if (this.#destroyed) return true;
    const event = new FakeEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.visible = false;
    this.emit('closed');
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  show(): void {
    this.visible = true;
    this.focused = true;
  }

  hide(): void {
    this.visible = false;
    this.focused = false;
  }

  focus(): void {
    this.focused = true;
  }

  restore(): void {
    this.minimized = false;
  }

  maximize(): void {
    this.maximized = true;
  }

  isFocused(): boolean {
    return this.focused;
  }

  isVisible(): boolean {
    return this.visible;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }
}

function withoutFragment(url: string): string {
  return url.replace(/#.*/, '');
}

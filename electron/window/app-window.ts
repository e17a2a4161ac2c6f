import type { BrowserWindowConstructorOptions } from 'electron/main';
import { join } from 'node:path';
import { requestFragment, type WindowRequest } from '../../src/models/window-request.ts';
import { guardPermissions } from '../guards/guard-session.ts';
import type { Preventable, Runtime, ShellWindow } from '../runtime.ts';
import { appUrl, isAppUrl } from '../scheme/address.ts';
import { guardFrames } from '../scheme/frame-guard.ts';
import { serveScheme } from '../scheme/serve.ts';
import { openingBounds, smallest } from './bounds.ts';
import { readWindowState, writeWindowState, type WindowState } from './window-state.ts';

/** The window's own partition: the app's scheme is answered only here. */
const partition = 'persist:window';

/** A page that crashes this soon after loading is not loaded again, in milliseconds. */
const crashLoop = 10_000;

export interface AppWindow {
  /** Opens the window, or brings it to the front, at what is requested. */
  show(request?: WindowRequest): void;
  hide(): void;
  /** Whether a person is looking at it. */
  isInFront(): boolean;
  /** Closes it without asking again. */
  destroy(): void;
  /** Calls `notify` the first time ever that Stint stays in the tray. */
  notifyOfTray(notify: () => void): void;
}

export interface AppWindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Where bounds are remembered. */
  readonly folder: string;
  readonly fetch: (request: Request) => Promise<Response>;
  /** The user pressed the close button. */
  readonly onClose: (event: Preventable) => void;
  readonly onSessionEnd: () => void;
}

/** The app's only window and its session: guarded, and the only one that answers the scheme. */
export async function createAppWindow(
  runtime: Pick<Runtime, 'BrowserWindow' | 'nativeTheme' | 'screen' | 'session'>,
  options: AppWindowOptions,
): Promise<AppWindow> {
  const stateFile = join(options.folder, 'window.json');
  let state: WindowState = await readWindowState(stateFile);
  let window: ShellWindow | undefined;
  let loadedAt = 0;

  const session = runtime.session.fromPartition(partition);
  guardPermissions(session);
  guardFrames(session, () => window?.webContents.id);
  serveScheme(session, options.fetch);

  return {
    show(request) {
      if (window === undefined || window.isDestroyed()) {
        open(request);
        return;
      }
      // A new fragment alone loads nothing again: the page stays, and reads it.
      if (request !== undefined) load(window, addressFor(request, window.webContents.getURL()));
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      window.webContents.focus();
    },
    isInFront: () =>
      window !== undefined && !window.isDestroyed() && window.isVisible() && window.isFocused(),
    hide() {
      remember();
      window?.hide();
    },
    destroy() {
      remember();
      window?.destroy();
    },
    notifyOfTray(notify) {
      if (state.toldOfTray) return;
      state = { ...state, toldOfTray: true };
      remember();
      notify();
    },
  };

  function open(request: WindowRequest | undefined): void {
    const areas = runtime.screen.getAllDisplays().map((display) => display.workArea);
    const opened = new runtime.BrowserWindow({
      ...windowOptions(options, runtime.nativeTheme.shouldUseDarkColors),
      ...openingBounds(state.bounds, areas),
    });
    window = opened; // before anything loads, since the frame guard needs it
    opened.once('ready-to-show', () => {
      if (state.maximized) opened.maximize();
      opened.show();
      opened.webContents.focus();
    });
    opened.on('close', (event) => {
      remember();
      options.onClose(event);
    });
    opened.on('session-end', options.onSessionEnd);
    opened.on('closed', () => (window = undefined));
    opened.webContents.on('render-process-gone', () => {
      // The owner has everything that the page shows: load it again, but not in a loop.
      if (Date.now() - loadedAt > crashLoop) load(opened, appUrl);
    });
    load(opened, addressFor(request, appUrl));
  }

  function load(opened: ShellWindow, address: string): void {
    loadedAt = Date.now();
    // A failed load shows an error page; a load cut off by quitting needs no message.
    opened.loadURL(address).catch(() => undefined);
  }

  function remember(): void {
    if (window === undefined || window.isDestroyed()) return;
    state = { ...state, bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    void writeWindowState(stateFile, state);
  }
}

/** Where the page is, with the request as its fragment; its first page if it is nowhere yet. */
function addressFor(request: WindowRequest | undefined, current: string): string {
  const url = new URL(isAppUrl(current) ? current : appUrl);
  url.hash = request === undefined ? '' : requestFragment(request);
  return url.href;
}

function windowOptions(
  { preload, icon }: AppWindowOptions,
  dark: boolean,
): BrowserWindowConstructorOptions {
  return {
    title: 'Stint',
    icon,
    show: false,
    minWidth: smallest.width,
    minHeight: smallest.height,
    autoHideMenuBar: true,
    // Visible until the page is, so that it does not flash.
    backgroundColor: dark ? '#16181d' : '#ffffff',
    webPreferences: {
      partition,
      preload,
      // Electron's defaults, spelled out: a change of default must not change them.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

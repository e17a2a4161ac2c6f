import type { CustomScheme, MessageBoxOptions } from 'electron/main';
import { EventEmitter } from 'node:events';
import type { Runtime } from '../../../electron/runtime.ts';
import { FakeApp, FakeEvent } from './app.ts';
import { FakeBrowserWindow } from './browser-window.ts';
import { FakeNotification } from './notification.ts';
import { FakeSession } from './session.ts';
import { fakeMenu, fakeNativeImage, FakeTray } from './tray.ts';

export interface FakeElectron {
  readonly runtime: Runtime;
  readonly app: FakeApp;
  readonly windows: readonly FakeBrowserWindow[];
  readonly trays: readonly FakeTray[];
  readonly schemes: readonly CustomScheme[];
  /** What boxes and notifications said, and what was opened in the browser. */
  readonly told: readonly string[];
  readonly openedOutside: readonly string[];
  session(partition: string): FakeSession;
  /** The user's answer to the next question: the index of a button. */
  answerQuestion(button: number): void;
  /** In the order in which they were shown. */
  readonly notifications: readonly FakeNotification[];
  /** The user copies a text somewhere. */
  copy(text: string): void;
  /** The user changes the colours of the desktop, its panels included. */
  setDark(dark: boolean): void;
  wake(): void;
  /** macOS and Windows tell it, Linux does not. */
  lockScreen(): void;
  /** The event that Electron passes to a listener. */
  event(): FakeEvent;
  shutDown(): void;
}

export interface FakeElectronOptions {
  readonly firstInstance?: boolean;
  /** Whether links can be opened; true if omitted. */
  readonly hasBrowser?: boolean;
  readonly isPackaged?: boolean;
  readonly openedAtLogin?: boolean;
  /** A Mac with a finger reader; its owner's answer is that to the next question. */
  readonly hasTouchId?: boolean;
  /** What exists on no such system behaves as if it were missing; 'linux' if omitted. */
  readonly platform?: NodeJS.Platform;
  readonly displays?: readonly { x: number; y: number; width: number; height: number }[];
}

/** A runtime that is not ready yet, with one display and an empty desktop. */
export function createFakeElectron(options: FakeElectronOptions = {}): FakeElectron {
  const {
    firstInstance = true,
    hasBrowser = true,
    platform = 'linux',
    isPackaged = false,
    openedAtLogin = false,
    hasTouchId = false,
    displays = [{ x: 0, y: 0, width: 1920, height: 1040 }],
  } = options;
  const windows: FakeBrowserWindow[] = [];
  const trays: FakeTray[] = [];
  const schemes: CustomScheme[] = [];
  const told: string[] = [];
  const openedOutside: string[] = [];
  const notifications: FakeNotification[] = [];
  const sessions = new Map<string, FakeSession>();
  const powerMonitor = new EventEmitter();
  const nativeTheme = Object.assign(new EventEmitter(), {
    shouldUseDarkColors: false,
    shouldUseDarkColorsForSystemIntegratedUI: false,
  });
  let copied = '';
  let answer = 1;

  const mustBeMac = (what: string) => {
    if (platform !== 'darwin') throw new TypeError(`systemPreferences.${what} is not a function`);
  };
  const app = new FakeApp({
    firstInstance,
    isPackaged,
    openedAtLogin,
    platform,
    closeWindows: () => windows.every((window) => window.close()),
  });
  const session = (partition: string) => {
    const known = sessions.get(partition) ?? new FakeSession();
    sessions.set(partition, known);
    return known;
  };

  class BrowserWindow extends FakeBrowserWindow {
    constructor(given: ConstructorParameters<Runtime['BrowserWindow']>[0]) {
      app.mustBeReady('BrowserWindow');
      super(given, session(given.webPreferences?.partition ?? ''), windows.length + 1);
      windows.push(this);
      app.emit('web-contents-created', new FakeEvent(), this.webContents);
      this.on('closed', () => {
        if (windows.every((window) => window.isDestroyed())) app.emit('window-all-closed');
      });
    }
  }

  class Tray extends FakeTray {
    constructor(image: ConstructorParameters<Runtime['Tray']>[0]) {
      app.mustBeReady('Tray');
      super(image, platform);
      trays.push(this);
    }
  }

  class Notification extends FakeNotification {
    constructor(given: ConstructorParameters<Runtime['Notification']>[0]) {
      super(given, platform);
    }

    static isSupported(): boolean {
      return true;
    }

    override show(): void {
      super.show();
      told.push(this.words);
      notifications.push(this);
    }
  }

  const runtime = {
    app,
    BrowserWindow,
    Menu: fakeMenu,
    nativeImage: fakeNativeImage,
    nativeTheme,
    Notification,
    powerMonitor,
    Tray,
    dialog: {
      showErrorBox: (title: string, content: string) => void told.push(`${title}: ${content}`),
      showMessageBox: (...given: unknown[]) => {
        told.push((given.at(-1) as MessageBoxOptions).message);
        return Promise.resolve({ response: answer, checkboxChecked: false });
      },
    },
    protocol: {
      registerSchemesAsPrivileged(custom: CustomScheme[]) {
        app.mustNotBeReady('registerSchemesAsPrivileged');
        if (schemes.length > 0) throw new Error('registerSchemesAsPrivileged works once');
        schemes.push(...custom);
      },
    },
    systemPreferences: {
      canPromptTouchID: () => {
        mustBeMac('canPromptTouchID');
        return hasTouchId;
      },
      promptTouchID: (reason: string) => {
        mustBeMac('promptTouchID');
        told.push(`Touch ID: ${reason}`);
        return answer === 0 ? Promise.resolve() : Promise.reject(new Error('Canceled by user.'));
      },
    },
    screen: {
      getAllDisplays: () =>
        displays.map((workArea) => ({ workArea })) as ReturnType<
          Runtime['screen']['getAllDisplays']
        >,
    },
    session: { fromPartition: session },
    clipboard: {
      clear: () => void (copied = ''),
      readText: () => Promise.resolve(copied),
      write: (formats: Readonly<Record<string, string>>) => {
        copied = formats['text/plain'] ?? '';
        return Promise.resolve();
      },
    },
    shell: {
      openExternal: (url: string) => {
        if (!hasBrowser) return Promise.reject(new Error('no application is registered'));
        openedOutside.push(url);
        return Promise.resolve();
      },
    },
  } satisfies Runtime;

  return {
    runtime,
    app,
    windows,
    trays,
    schemes,
    told,
    openedOutside,
    session,
    answerQuestion: (button) => (answer = button),
    notifications,
    copy: (text) => (copied = text),
    setDark: (dark) => {
      nativeTheme.shouldUseDarkColors = dark;
      nativeTheme.shouldUseDarkColorsForSystemIntegratedUI = dark;
      nativeTheme.emit('updated');
    },
    wake: () => void powerMonitor.emit('resume'),
    event: () => new FakeEvent(),
    lockScreen: () => {
      if (platform !== 'linux') powerMonitor.emit('lock-screen');
    },
    shutDown: () => void powerMonitor.emit('shutdown', new FakeEvent()),
  };
}

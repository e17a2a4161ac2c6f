import type { NativeImage, Shell } from 'electron/common';
import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Clipboard,
  Dialog,
  Menu,
  MenuItemConstructorOptions,
  NativeTheme,
  Notification,
  NotificationConstructorOptions,
  Protocol,
  Screen,
  Session,
  SystemPreferences,
  Tray,
  WebContents,
  WebRequest,
} from 'electron/main';

/*
 * The part of Electron that Stint uses. Everything below is a view of the real typings, so that a
 * change of Electron fails to compile; the fake in test/fakes/electron has to match. Events are
 * spelled out because the typings' own overloads all return the full class.
 */

/* oxlint-disable typescript/unified-signatures -- one signature per event, as in the typings:
   the real classes are not assignable to a united one */

/** An event whose default action can be prevented. */
export interface Preventable {
  preventDefault(): void;
}

export interface AppShell extends Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'getLoginItemSettings'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath'
  | 'whenReady'
> {
  on(event: 'activate', listener: () => void): unknown;
  on(
    event: 'second-instance',
    listener: (event: Preventable, args: string[], folder: string) => void,
  ): unknown;
  /** macOS alone, as is `open-file`. */
  on(event: 'open-url', listener: (event: Preventable, url: string) => void): unknown;
  on(event: 'open-file', listener: (event: Preventable, path: string) => void): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
  on(event: 'before-quit', listener: (event: Preventable) => void): unknown;
  on(
    event: 'web-contents-created',
    listener: (event: Preventable, contents: Contents) => void,
  ): unknown;
}

export interface Contents extends Pick<
  WebContents,
  'focus' | 'getURL' | 'id' | 'setWindowOpenHandler'
> {
  on(event: 'will-navigate', listener: (event: NavigationEvent) => void): unknown;
  on(event: 'will-frame-navigate', listener: (event: NavigationEvent) => void): unknown;
  on(event: 'will-redirect', listener: (event: NavigationEvent) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  on(event: 'render-process-gone', listener: () => void): unknown;
}

export interface NavigationEvent extends Preventable {
  readonly url: string;
}

export interface ShellWindow extends Pick<
  BrowserWindow,
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'hide'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'show'
> {
  readonly webContents: Contents;
  on(event: 'close', listener: (event: Preventable) => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
  /** Windows alone: the user logs off or the computer shuts down. */
  on(event: 'session-end', listener: () => void): unknown;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

export interface ShellSession extends Pick<
  Session,
  | 'clearStorageData'
  | 'setProxy'
  | 'setDevicePermissionHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
> {
  readonly protocol: Pick<Protocol, 'handle'>;
  readonly webRequest: Pick<WebRequest, 'onBeforeRequest'>;
}

export interface ShellTray extends Pick<
  Tray,
  'destroy' | 'isDestroyed' | 'setContextMenu' | 'setImage' | 'setTitle' | 'setToolTip'
> {
  on(event: 'click', listener: () => void): unknown;
}

export interface ShellTheme extends Pick<
  NativeTheme,
  'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'
> {
  on(event: 'updated', listener: () => void): unknown;
}

export interface PowerEvents {
  on(event: 'resume', listener: () => void): unknown;
  /** macOS and Windows alone, as is `unlock-screen`. */
  on(event: 'lock-screen', listener: () => void): unknown;
  on(event: 'unlock-screen', listener: () => void): unknown;
  /** The documentation passes an event, the typings do not. */
  on(event: 'shutdown', listener: (event?: Preventable) => void): unknown;
}

export interface ShellNotification extends Pick<Notification, 'close' | 'show'> {
  on(event: 'click', listener: () => void): unknown;
  /** macOS and Windows alone, as is `reply`. */
  on(event: 'action', listener: (details: { readonly actionIndex: number }) => void): unknown;
  on(event: 'reply', listener: (details: { readonly reply: string }) => void): unknown;
}

export interface ShellClipboard extends Pick<Clipboard, 'clear' | 'readText'> {
  /** One text by its formats, all at once. */
  write(formats: Readonly<Record<string, string>>): Promise<void>;
}

/** What main.ts passes to everything else: the real Electron, or the fake. */
export interface Runtime {
  readonly app: AppShell;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => ShellWindow;
  readonly clipboard: ShellClipboard;
  readonly dialog: Pick<Dialog, 'showErrorBox' | 'showMessageBox'>;
  readonly Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  };
  readonly nativeImage: { createFromPath(path: string): NativeImage };
  readonly nativeTheme: ShellTheme;
  readonly Notification: {
    new (options: NotificationConstructorOptions): ShellNotification;
    isSupported(): boolean;
  };
  readonly powerMonitor: PowerEvents;
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>;
  readonly screen: Pick<Screen, 'getAllDisplays'>;
  readonly session: { fromPartition(partition: string): ShellSession };
  readonly shell: Pick<Shell, 'openExternal'>;
  /** Both on macOS alone. */
  readonly systemPreferences: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'>;
  readonly Tray: new (image: NativeImage) => ShellTray;
}

import { EventEmitter } from 'node:events';
import type { LoginItemSettings, Settings as LoginItem } from 'electron/main';
import { statSync } from 'node:fs';

/** The Event object that Electron passes to listeners. */
export class FakeEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** The app module: life cycle, single instance, paths. */
export class FakeApp extends EventEmitter {
  readonly isPackaged: boolean;
  /** What the system starts at login, by macOS and Windows. */
  loginItem: LoginItem = { openAtLogin: false };
  readonly paths = new Map<string, string>();
  /** Schemes whose links the system sends here. */
  readonly protocols: string[] = [];
  name = 'Electron';
  userModelId = '';
  sandboxed = false;
  isReady = false;
  /** Set once the process would be gone. */
  exitCode: number | undefined;
  readonly #firstInstance: boolean;
  readonly #ready = Promise.withResolvers<undefined>();
  readonly #exited = Promise.withResolvers<number>();
  readonly #closeWindows: () => boolean;

  readonly #platform: NodeJS.Platform;
  readonly #openedAtLogin: boolean;

  constructor(options: {
    readonly firstInstance: boolean;
    readonly isPackaged: boolean;
    readonly openedAtLogin: boolean;
    readonly platform: NodeJS.Platform;
    readonly closeWindows: () => boolean;
  }) {
    super();
    this.isPackaged = options.isPackaged;
    this.#platform = options.platform;
    this.#openedAtLogin = options.openedAtLogin;
    this.#firstInstance = options.firstInstance;
    this.#closeWindows = options.closeWindows;
  }

  get exited(): Promise<number> {
    return this.#exited.promise;
  }

  /** The operating system has started the app. */
  becomeReady(): void {
    this.isReady = true;
    this.#ready.resolve(undefined);
  }

  async whenReady(): Promise<void> {
    await this.#ready.promise;
  }

  enableSandbox(): void {
    this.mustNotBeReady('enableSandbox');
    this.sandboxed = true;
  }

  requestSingleInstanceLock(): boolean {
    return this.#firstInstance;
  }

  /** On Linux, Electron's does nothing. */
  setLoginItemSettings(settings: LoginItem): void {
    if (this.#platform !== 'linux') this.loginItem = settings;
  }

  /** The typings mark it as of macOS and Windows. */
  getLoginItemSettings(): LoginItemSettings {
    if (this.#platform === 'linux') throw new TypeError('app.getLoginItemSettings: not on Linux');
    return {
      openAtLogin: this.loginItem.openAtLogin ?? false,
      wasOpenedAtLogin: this.#platform === 'darwin' && this.#openedAtLogin,
      status: 'not-registered',
      executableWillLaunchAtLogin: false,
      launchItems: [],
    };
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    this.protocols.push(protocol);
    return true;
  }

  setName(name: string): void {
    this.name = name;
  }

  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }

  setPath(name: string, path: string): void {
    if (!statSync(path).isDirectory()) throw new Error(`Failed to set path: ${path}`);
    this.paths.set(name, path);
  }

  focus(): void {
    this.emit('did-become-active');
  }

  /** `before-quit`, then every window is asked to close; each of them can cancel it. */
  quit(): void {
    if (this.exitCode !== undefined) return;
    const event = new FakeEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented || !this.#closeWindows()) return;
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.exitCode !== undefined) return;
    this.exitCode = code;
    this.#exited.resolve(code);
  }

  mustNotBeReady(what: string): void {
    if (this.isReady) throw new Error(`${what} can only be called before app is ready`);
  }

  mustBeReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} cannot be used before app is ready`);
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '../src/client/client.ts';
import { fetchTransport } from '../src/client/transport.ts';
import type { WindowRequest } from '../src/models/window-request.ts';
import { systemClock } from '../src/services/clock/clock.ts';
import { createActions } from './actions/perform.ts';
import { consoleFetch, openSessionConsole } from './console/open-console.ts';
import { copiedFetch } from './owner/copied-fetch.ts';
import { explain } from './explain.ts';
import { feedShell } from './feed/feed-shell.ts';
import type { ShellSettings } from './feed/shell-state.ts';
import { guardContents } from './guards/guard-contents.ts';
import { authenticatedFetch } from './owner/authenticated-fetch.ts';
import { confirmAsOwner, confirmedFetch } from './owner/confirmed-fetch.ts';
import { setOpenAtLogin, type LoginItemParts } from './login/login-item.ts';
import { actOnOpened } from './opened/act-on-opened.ts';
import { listenForOpened } from './opened/listen.ts';
import type { OwnerConnection } from './owner/owner-connection.ts';
import { keepConnected, type ReconnectingOwner } from './owner/reconnecting-owner.ts';
import type { Announcement } from './notifications/announcement.ts';
import { createAnnouncer } from './notifications/announcer.ts';
import { notify } from './notifications/notify.ts';
import { followPower, screenLockAction } from './power/follow-power.ts';
import { quitOrderly } from './quit.ts';
import type { Preventable, Runtime } from './runtime.ts';
import { appOrigin, appScheme } from './scheme/address.ts';
import { registerScheme } from './scheme/privileges.ts';
import { trayIsVisible } from './tray/status-notifier.ts';
import { createTray } from './tray/tray.ts';
import { createAppWindow } from './window/app-window.ts';
import { decideClose } from './window/close-decision.ts';
import type { Icons } from './window/icons.ts';
import { menuBar } from './window/menu-bar.ts';

export interface DesktopOptions {
  /** Stint's home; Chromium's own files go into a folder of it. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly preload: string;
  readonly icons: Icons;
  /** Becomes the owner of the workspace, or the client of a newer one. */
  readonly connectToOwner: () => Promise<OwnerConnection>;
  readonly trayVisible?: () => Promise<boolean>;
  /** Whether a page belongs to a sign-in, which may navigate to other hosts. */
  readonly isSignInPage?: (contentsId: number) => boolean;
  /** The arguments of the program. */
  readonly args?: readonly string[];
  /** It was started at login: no window opens if a tray shows that it runs. */
  readonly startHidden?: boolean;
  /** What is started at login. */
  readonly login?: Pick<LoginItemParts, 'env' | 'program'>;
  /** Shown to the user before anything else. */
  readonly notice?: string | undefined;
}

const staysInTray: Announcement = {
  title: 'Stint is still running in the tray',
  body: 'Your sessions stay active. To quit, use the menu of the tray icon.',
  click: { kind: 'show' },
  actions: [],
};

/**
 * The desktop app from start to end: one instance, one window, one tray, one connection to the owner.
 * Called before the runtime is ready, since scheme and sandbox have to be set up by then.
 */
export async function runDesktop(runtime: Runtime, options: DesktopOptions): Promise<void> {
  const { app } = runtime;
  app.setName('Stint');
  app.setAppUserModelId('dev.stint.Stint');
  const folder = join(options.home, 'desktop');
  mkdirSync(folder, { recursive: true, mode: 0o700 }); // the runtime needs an existing folder
  app.setPath('userData', folder);
  if (!app.requestSingleInstanceLock()) {
    app.exit(0); // the first instance shows its window
    return;
  }
  registerScheme(runtime.protocol);
  app.enableSandbox();
  guardContents(runtime, options.isSignInPage);

  // Set below, once there are a window and a tray; the runtime may call earlier.
  let showWindow: (request?: WindowRequest) => void = () => undefined;
  let endFeed = (): void => undefined;
  let hasWindow = false;
  const show = (request?: WindowRequest) => {
    showWindow(request);
  };
  const opened = listenForOpened(app, options.args ?? [], process.cwd());
  app.on('activate', () => {
    show();
  });
  // Without a tray nothing could reopen a closed window. Sign-in windows may close before there is one.
  app.on('window-all-closed', () => {
    if (hasWindow) app.quit();
  });

  // The installer of Windows registers none; on macOS and Linux the package names the scheme.
  if (app.isPackaged && options.platform === 'win32') app.setAsDefaultProtocolClient(appScheme);

  await app.whenReady();
  runtime.Menu.setApplicationMenu(runtime.Menu.buildFromTemplate(menuBar(options.platform)));
  if (options.notice !== undefined) runtime.dialog.showErrorBox('Stint', options.notice);

  let connection: ReconnectingOwner;
  try {
    connection = await keepConnected(options.connectToOwner);
  } catch (error) {
    runtime.dialog.showErrorBox('Stint cannot start', explain(error));
    app.exit(1);
    return;
  }
  const { icons, platform } = options;
  const fetch = authenticatedFetch(
    confirmedFetch({
      fetch: (request) => connection.fetch(request),
      fetchAsOwner: (request) => connection.fetchAsOwner(request),
      confirm: (question) => confirmAsOwner(runtime, question),
    }),
    runtime.systemPreferences,
    platform,
  );
  // Requests from this process need no token.
  const client = createClient({
    transport: fetchTransport(fetch, appOrigin),
    token: () => undefined,
  });
  const consoles = { runtime, client, home: options.home, env: process.env };
  const noBrowser = (error: unknown) => {
    runtime.dialog.showErrorBox('No browser opened', explain(error));
  };
  const copies = copiedFetch(consoleFetch(fetch, consoles, noBrowser), runtime, platform);
  const isQuitting = quitOrderly(app, async () => {
    endFeed();
    await Promise.all([copies.clear(), connection.quit()]);
  });
  void connection.ended.then((loss) => {
    if (loss.kind === 'failed')
      runtime.dialog.showErrorBox('Stint has to quit', explain(loss.error));
    app.quit();
  });

  const trayVisible = options.trayVisible ?? (() => trayIsVisible(options.platform));
  const window = await createAppWindow(runtime, {
    preload: options.preload,
    icon: options.icons.window,
    folder,
    fetch: copies.fetch,
    onClose: (event) => {
      void close(event);
    },
    onSessionEnd: () => {
      app.quit();
    },
  });
  showWindow = (request) => {
    hasWindow = true;
    window.show(request);
  };

  const act = createActions({
    runtime,
    client,
    openConsole: (sessionId) => openSessionConsole(consoles, sessionId),
    open: show,
  });
  const tray = createTray(runtime, { pictures: icons.tray, platform, act });
  const announcer = createAnnouncer({
    runtime,
    platform,
    act,
    isWindowInFront: () => window.isInFront(),
    clock: systemClock,
  });
  let settings: ShellSettings | undefined;
  followPower(runtime.powerMonitor, {
    wake: () => {
      announcer.woke();
      connection.wake();
    },
    screenLocked: () => {
      const action = screenLockAction(settings);
      if (action !== undefined) void act(action);
    },
    shutdown: () => {
      app.quit();
    },
  });
  const stopFeed = feedShell(client, (state) => {
    tray.show(state);
    announcer.show(state);
    if (state.settings !== undefined) follow(state.settings);
  });
  endFeed = () => {
    stopFeed();
    announcer.end();
  };
  const ownerClient = createClient({
    transport: fetchTransport((request) => connection.fetchAsOwner(request), appOrigin),
    token: () => undefined,
  });
  opened.ready((what) => {
    void actOnOpened(what, { runtime, client, ownerClient, act });
  });

  // macOS alone says so; elsewhere the program gets an argument.
  const atLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  const inTray = options.startHidden === true || atLogin;
  if (!inTray || !(await trayVisible())) show();

  function follow(next: ShellSettings): void {
    const changed = settings?.openAtLogin !== next.openAtLogin;
    settings = next;
    if (!changed || options.login === undefined) return;
    setOpenAtLogin(next.openAtLogin, { app, platform, ...options.login }).catch(
      (error: unknown) => {
        runtime.dialog.showErrorBox('Start at login could not be changed', explain(error));
      },
    );
  }

  async function close(event: Preventable): Promise<void> {
    if (isQuitting()) return;
    event.preventDefault();
    const decision = decideClose({ quitting: false, trayVisible: await trayVisible() });
    if (decision === 'close') {
      window.destroy();
      return;
    }
    window.hide();
    window.notifyOfTray(() => {
      notify(runtime, staysInTray, act);
    });
  }
}

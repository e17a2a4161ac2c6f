import type { WindowRequest } from '../src/models/window-request.ts';
import { createActions } from './actions/perform.ts';
import { setUpBeforeReady } from './before-ready.ts';
import { consoleFetch, openSessionConsole } from './console/open-console.ts';
import type { DesktopOptions } from './desktop-options.ts';
import { explain } from './explain.ts';
import { showSessions } from './feed/show-sessions.ts';
import { notify } from './notifications/notify.ts';
import { actOnOpened } from './opened/act-on-opened.ts';
import { listenForOpened } from './opened/listen.ts';
import { copiedFetch } from './owner/copied-fetch.ts';
import { ownerAccess } from './owner/owner-access.ts';
import { keepConnected, type ReconnectingOwner } from './owner/reconnecting-owner.ts';
import { quitOrderly } from './quit.ts';
import type { Runtime } from './runtime.ts';
import { trayIsVisible } from './tray/status-notifier.ts';
import { createMainWindow } from './window/main-window.ts';
import { menuBar } from './window/menu-bar.ts';

/**
 * The desktop app from start to end: one instance, one window, one tray, one connection to the owner.
 * Called before the runtime is ready, since scheme and sandbox have to be set up by then.
 */
export async function runDesktop(runtime: Runtime, options: DesktopOptions): Promise<void> {
  const { app } = runtime;
  const { home, platform, env = process.env } = options;
  const folder = setUpBeforeReady(runtime, options);
  if (folder === undefined) return;

  // Set below, once there are a window and what shows the sessions; the runtime may call earlier.
  let showWindow: (request?: WindowRequest) => void = () => undefined;
  let endShowing = (): void => undefined;
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

  await app.whenReady();
  runtime.Menu.setApplicationMenu(runtime.Menu.buildFromTemplate(menuBar(platform)));
  if (options.notice !== undefined) runtime.dialog.showErrorBox('Stint', options.notice);
  const connection = await connect(runtime, options);
  if (connection === undefined) return;

  const { fetch, client, ownerClient } = ownerAccess(connection, runtime, platform);
  const consoles = { runtime, client, home, env: process.env };
  const noBrowser = (error: unknown) => {
    runtime.dialog.showErrorBox('No browser opened', explain(error));
  };
  const copies = copiedFetch(consoleFetch(fetch, consoles, noBrowser), runtime, platform);
  const isQuitting = quitOrderly(app, async () => {
    endShowing();
    await Promise.all([copies.clear(), connection.quit()]);
  });
  void connection.ended.then((loss) => {
    if (loss.kind === 'failed')
      runtime.dialog.showErrorBox('Stint has to quit', explain(loss.error));
    app.quit();
  });

  const act = createActions({
    runtime,
    client,
    openConsole: (sessionId) => openSessionConsole(consoles, sessionId),
    open: show,
  });
  const trayVisible = options.trayVisible ?? (() => trayIsVisible(platform, env));
  const window = await createMainWindow(runtime, {
    preload: options.preload,
    icon: options.icons.window,
    folder,
    fetch: copies.fetch,
    isQuitting,
    trayVisible,
    announce: (announcement) => {
      notify(runtime, announcement, act);
    },
  });
  showWindow = (request) => {
    hasWindow = true;
    window.show(request);
  };
  endShowing = showSessions(runtime, options, {
    client,
    act,
    isWindowInFront: () => window.isInFront(),
    wake: () => {
      connection.wake();
    },
  });
  opened.ready((what) => {
    void actOnOpened(what, { runtime, client, ownerClient, act });
  });

  // macOS alone says so; elsewhere the program gets an argument.
  const atLogin = platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  const inTray = options.startHidden === true || atLogin;
  if (!inTray || !(await trayVisible())) show();
}

/** Undefined, and the program ends, if there is no owner and none can be made. */
async function connect(
  { app, dialog }: Pick<Runtime, 'app' | 'dialog'>,
  { connectToOwner }: DesktopOptions,
): Promise<ReconnectingOwner | undefined> {
  try {
    return await keepConnected(connectToOwner);
  } catch (error) {
    dialog.showErrorBox('Stint cannot start', explain(error));
    app.exit(1);
    return undefined;
  }
}

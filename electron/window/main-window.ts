import type { Announcement } from '../notifications/announcement.ts';
import type { Preventable, Runtime } from '../runtime.ts';
import { createAppWindow, type AppWindow, type AppWindowOptions } from './app-window.ts';
import { decideClose } from './close-decision.ts';

const staysInTray: Announcement = {
  title: 'Stint is still running in the tray',
  body: 'Your sessions stay active. To quit, use the menu of the tray icon.',
  click: { kind: 'show' },
  actions: [],
};

export interface MainWindowOptions extends Omit<AppWindowOptions, 'onClose' | 'onSessionEnd'> {
  readonly isQuitting: () => boolean;
  readonly trayVisible: () => Promise<boolean>;
  readonly announce: (announcement: Announcement) => void;
}

/** The app's window, whose close button hides it where a tray can bring it back. */
export async function createMainWindow(
  runtime: Pick<Runtime, 'app' | 'BrowserWindow' | 'nativeTheme' | 'screen' | 'session'>,
  { isQuitting, trayVisible, announce, ...options }: MainWindowOptions,
): Promise<AppWindow> {
  const window = await createAppWindow(runtime, {
    ...options,
    onClose: (event) => {
      void close(event);
    },
    onSessionEnd: () => {
      runtime.app.quit();
    },
  });
  return window;

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
      announce(staysInTray);
    });
  }
}

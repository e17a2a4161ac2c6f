import type { Runtime } from '../../../electron/runtime.ts';

/** One thing that the fake and the real runtime have in common, once the app is ready. */
export interface ContractCase {
  readonly name: string;
  /** Sent to Electron's main process as text, so that it uses nothing but its argument. */
  readonly run: (electron: Runtime) => unknown;
  readonly expected: unknown;
}

/**
 * What Electron's documentation says and Stint relies on. The fake has to behave so (contract.test.ts), and
 * so does the runtime, where it is installed (runtime/contract.spec.ts).
 */
export const electronContract: readonly ContractCase[] = [
  {
    name: 'schemes are registered before the app is ready, and not after',
    run: ({ protocol }) => {
      try {
        protocol.registerSchemesAsPrivileged([{ scheme: 'late', privileges: {} }]);
        return 'registered';
      } catch {
        return 'refused';
      }
    },
    expected: 'refused',
  },
  {
    name: 'the sandbox is enabled before the app is ready, and not after',
    run: ({ app }) => {
      try {
        app.enableSandbox();
        return 'enabled';
      } catch {
        return 'refused';
      }
    },
    expected: 'refused',
  },
  {
    name: 'a path must exist',
    run: ({ app }) => {
      try {
        app.setPath('userData', '/nonexistent/stint');
        return 'set';
      } catch {
        return 'refused';
      }
    },
    expected: 'refused',
  },
  {
    name: 'a partition is one session',
    run: ({ session }) => session.fromPartition('same') === session.fromPartition('same'),
    expected: true,
  },
  {
    name: 'a session answers a scheme with one handler',
    run: ({ session }) => {
      const { protocol } = session.fromPartition('handled');
      protocol.handle('handled', () => new Response('one'));
      try {
        protocol.handle('handled', () => new Response('two'));
        return 'handled twice';
      } catch {
        return 'refused';
      }
    },
    expected: 'refused',
  },
  {
    name: 'a window that is not shown has its bounds, no page and no focus',
    run: ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, x: 40, y: 50, width: 800, height: 600 });
      const { width, height } = window.getNormalBounds();
      const seen = {
        size: [width, height],
        url: window.webContents.getURL(),
        visible: window.isVisible(),
        focused: window.isFocused(),
        minimized: window.isMinimized(),
      };
      window.destroy();
      return seen;
    },
    expected: { size: [800, 600], url: '', visible: false, focused: false, minimized: false },
  },
  {
    name: 'a window that is destroyed closes without asking',
    run: ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      const events: string[] = [];
      window.on('close', () => events.push('close'));
      window.on('closed', () => events.push('closed'));
      window.destroy();
      return [...events, window.isDestroyed()];
    },
    expected: ['closed', true],
  },
  {
    name: 'each window has its own contents',
    run: ({ BrowserWindow }) => {
      const windows = [1, 2].map(() => new BrowserWindow({ show: false }));
      const ids = new Set(windows.map(({ webContents }) => webContents.id));
      for (const window of windows) window.destroy();
      return ids.size;
    },
    expected: 2,
  },
  {
    name: 'a display has a work area with a size',
    run: ({ screen }) =>
      screen.getAllDisplays().every(({ workArea }) => workArea.width > 0 && workArea.height > 0),
    expected: true,
  },
  {
    name: 'the first instance holds the lock',
    run: ({ app }) => app.requestSingleInstanceLock(),
    expected: true,
  },
  {
    name: 'a checkout is not packaged',
    run: ({ app }) => app.isPackaged,
    expected: false,
  },
];

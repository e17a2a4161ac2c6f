import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { DesktopOptions } from '../../electron/desktop-options.ts';
import { runDesktop } from '../../electron/desktop.ts';
import { iconsIn } from '../../electron/window/icons.ts';
import type { FakeBrowserWindow } from '../fakes/electron/browser-window.ts';
import {
  createFakeElectron,
  type FakeElectron,
  type FakeElectronOptions,
} from '../fakes/electron/fake-electron.ts';
import type { FakeTray } from '../fakes/electron/tray.ts';
import { scriptedOwner, type ScriptedOwner } from './scripted-owner.ts';

const icons = iconsIn(join(import.meta.dirname, '..', '..', 'electron', 'icons'));

/** The desktop app on the fake Electron, with a scripted owner and a home in a scratch folder. */
export interface RunningDesktop {
  readonly home: string;
  readonly electron: FakeElectron;
  readonly connection: ScriptedOwner;
  readonly window: () => FakeBrowserWindow;
  readonly tray: () => FakeTray;
  readonly trayShows: (line: string) => Promise<void>;
  readonly quit: () => Promise<void>;
}

const running = new Set<RunningDesktop>();
const homes = new Set<string>();

afterEach(async () => {
  await Promise.all([...running].map((desktop) => desktop.quit()));
  running.clear();
  await Promise.all([...homes].map((home) => rm(home, { recursive: true, maxRetries: 5 })));
  homes.clear();
});

export async function startDesktop(
  options: Partial<DesktopOptions> & {
    readonly connection?: ScriptedOwner;
    readonly fake?: FakeElectronOptions;
  } = {},
): Promise<RunningDesktop> {
  const { connection = scriptedOwner(), fake, platform = 'linux', ...others } = options;
  const home = others.home ?? (await mkdtemp(join(tmpdir(), 'stint-desktop-')));
  homes.add(home);
  const electron = createFakeElectron({ platform, ...fake });
  const desktop: RunningDesktop = {
    home,
    electron,
    connection,
    window: () => electron.windows.at(-1) as FakeBrowserWindow,
    tray: () => electron.trays[0] as FakeTray,
    trayShows: (line) => expect.poll(() => electron.trays[0]?.lines).toContain(line),
    async quit() {
      connection.letGo();
      electron.app.quit();
      await electron.app.exited;
    },
  };
  running.add(desktop);
  const started = runDesktop(electron.runtime, {
    home,
    platform,
    preload: join(home, 'preload.cjs'),
    icons,
    connectToOwner: () => Promise.resolve(connection),
    trayVisible: () => Promise.resolve(true),
    ...others,
  });
  electron.app.becomeReady();
  await started;
  return desktop;
}
